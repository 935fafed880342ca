using System.Globalization;
using System.Text.RegularExpressions;
using Fleetmark.Agent.Processes;
using Fleetmark.Agent.Workers;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;
using Microsoft.Extensions.Time.Testing;

namespace Fleetmark.Agent.Tests.Workers;

/// <summary>
/// Every row of the failures and of the time limits in docs/worker-protocol.md, and every other way a worker can misbehave: each is one failed launch with its code and its
/// reason, and leaves no process, group or folder. Processes are real; only the clock is not.
/// </summary>
public sealed class HostileWorkerTests : IAsyncDisposable
{
    private static readonly EffortSettings Quick = EffortSettings.For(Effort.Quick, isCpu: true);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>A fake worker calls nothing, but what passes between its phases is taken for a call, and ten of those are granted.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly StartedProcesses _processes = new();
    private readonly StopSignal _stop = new();
    private readonly PhaseWatch _watch;

    public HostileWorkerTests() => _watch = new PhaseWatch(_processes);

    public async ValueTask DisposeAsync()
    {
        await _processes.DisposeAsync();
        _stop.Dispose();
        _folder.Dispose();
    }

    /// <summary>What ends at once: words for the fake worker, the failure code, and a part of the reason.</summary>
    public static TheoryData<string, string, string> Ends => new()
    {
        // Exit codes without a word, and the errors they stand for.
        { "exit:10", "internal", "exit code 10 (bad-request)" },
        { "exit:11", "unsupported", "exit code 11 (unsupported)" },
        { "exit:12", "model-invalid", "exit code 12 (model)" },
        { "exit:13", "out-of-memory", "exit code 13 (out-of-memory)" },
        { "exit:14", "driver-fault", "exit code 14 (device)" },
        { "exit:15", "wrong-output", "exit code 15 (wrong-output)" },
        { "exit:16", "cancelled", "exit code 16 (cancelled)" },
        { "exit:17", "worker-timeout", "exit code 17 (deadline)" },
        { "exit:18", "dataset", "exit code 18 (dataset)" },
        { "error:bad-request", "internal", "scripted" },
        { "error:unsupported", "unsupported", "scripted" },
        { "error:model", "model-invalid", "scripted" },
        { "error:out-of-memory", "out-of-memory", "scripted" },
        { "error:device", "driver-fault", "scripted" },
        { "error:wrong-output", "wrong-output", "scripted" },
        { "error:cancelled", "cancelled", "scripted" },
        { "error:deadline", "worker-timeout", "scripted" },
        { "error:dataset", "dataset", "scripted" },
        { "error:nonsense", "worker-protocol", "error code 'nonsense' is not known: scripted" },
        { "error-exit:3", "driver-fault", "scripted" },

        // No word at all.
        { "exit:0", "worker-protocol", "left without an answer" },
        { "exit:1", "worker-crash", "left with exit code 1 in phase 'load'" },
        { "exit:3", "worker-crash", "left with exit code 3 in phase 'load'" },
        { "crash", "worker-crash", "ended by SIGABRT in phase 'load'" },
        { "kill", "worker-crash", "ended by SIGKILL" },
        { "answer-crash", "worker-crash", "ended by SIGABRT" },
        { "silence", "worker-protocol", "left without an answer" },

        // What is no conversation.
        { "garbage", "worker-protocol", "an unreadable message" },
        { "binary", "worker-protocol", "an unreadable message" },
        { "half-line", "worker-protocol", "an unreadable message" },
        { "huge-line", "worker-protocol", "a line of more than 1048576 bytes" },
        { "flood", "worker-protocol", "more than 67108864 bytes of output" },
        { "backwards", "worker-protocol", "phase 'load' after 'sample'" },

        // Samples that are none, or not where they may be.
        { "undecodable", "worker-protocol", "'samples': " },
        { "undecodable-file", "worker-protocol", "'samples': " },
        { "other-count", "worker-protocol", "n is 1, but there are 60 values" },
        { "two-forms", "worker-protocol", "needs exactly one of 'data', 'file', 'values'" },
        { "other-hash", "worker-protocol", "the file has another sha256" },
        { "path:../process", "worker-protocol", "must be a plain file name in the work directory" },
        { "path:..", "worker-protocol", "must be a plain file name in the work directory" },
        { "path:/etc/passwd", "worker-protocol", "must be a plain file name in the work directory" },
        { "path:sub/samples", "worker-protocol", "must be a plain file name in the work directory" },
        { "path:none", "worker-protocol", "there is no such file" },
        { "escape", "worker-protocol", "must be a plain file name in the work directory" },
        { "link", "worker-protocol", "it is a link" },
        { "not-finite", "wrong-output", "not finite" },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_worker_that_ends_badly_is_one_failed_launch_with_its_reason(string script, string code, string says)
    {
        WorkerRun run = await Eventually.Result("the worker's end", RunAsync(script));
        Assert.Equal(code, run.Outcome.Failure?.Code);
        Assert.Contains(says, run.Outcome.Failure!.Text, StringComparison.Ordinal);
        await NothingStaysAsync();
    }

    /// <summary>What never ends: words for the fake worker, the phase it stays in, and the seconds it may stay there by the page.</summary>
    public static TheoryData<string, string, int> Stays => new()
    {
        { "hang:start", "start", 10 },
        { "hang:load", "load", 120 },
        { "close", "load", 120 },
        { "flood-errors", "load", 120 },
        { "hang:first", "first", 120 },
        { "hang:warmup", "warmup", (Quick.WarmUp.CapMs / 1000) + 10 },
        { "hang:sample", "sample", (Quick.Sampling.MaxMs / 1000) + 30 },
        { "hang:energy", "energy", 10 + 30 },
        { "hang:finish", "finish", 30 },
        { "linger", "finish", 30 },
        { "slow:warmup/2", "warmup", (Quick.WarmUp.CapMs / 1000) + (10 * 2) + 10 },
        { "slow:sample/2", "sample", (Quick.Sampling.MaxMs / 1000) + (Quick.Sampling.FloorCount * 2) + 30 },
        // Here the silence is over before the phase: ten calls of nine seconds, and of five the full minute.
        { "slow:warmup/9", "warmup", 10 * 9 },
        { "slow:warmup/5", "warmup", 60 },
    };

    [Theory]
    [MemberData(nameof(Stays))]
    public async Task A_worker_that_stays_too_long_is_ended_when_its_time_is_over_and_not_before(string script, string phase, int seconds)
    {
        Task<WorkerRun> running = RunAsync(script);
        await Eventually.Async($"phase {phase}", () => _watch.IsIn(phase) && _watch.IsReady(script), () => _watch.Phase);
        _clock.Advance(TimeSpan.FromSeconds(seconds) - Second);
        Assert.False(await Eventually.Within(TimeSpan.FromSeconds(0.3), () => running.IsCompleted), "it was ended too early");
        _clock.Advance(Second + Moment);
        WorkerRun run = IsDeaf(script) ? await UpTheLadderAsync(running) : await Eventually.Result("the end, without any further time", running);
        Assert.Equal("worker-timeout", run.Outcome.Failure?.Code);
        Match told = Regex.Match(run.Outcome.Failure!.Text, $@"outlasted its time in phase '{phase}': (no line for|more than) ([\d.]+) s$", RegexOptions.None, Second);
        Assert.True(told.Success, run.Outcome.Failure.Text);
        Assert.InRange(double.Parse(told.Groups[2].Value, CultureInfo.InvariantCulture), seconds, seconds + Moment.TotalSeconds);
        await NothingStaysAsync();
    }

    [Fact]
    public void The_table_holds_every_code_a_worker_can_say_and_every_phase_it_can_stay_in()
    {
        string[] words = [.. Ends.Select(row => row.Data.Item1)];
        Assert.All(Enum.GetValues<WorkerErrorCode>(), code =>
        {
            Assert.Contains($"error:{WorkerErrorTable.Word(code)}", words);
            Assert.Contains($"exit:{(int)code}", words);
        });
        Assert.Empty(Enum.GetValues<LaunchPhase>().Select(PhaseMessage.WordOf).Except(Stays.Select(row => row.Data.Item2)));
    }

    [Fact]
    public async Task A_worker_that_puts_a_link_in_place_of_its_folder_leads_nobody_out_of_it()
    {
        string outside = _folder.Save("outside/precious", "text");
        string script = $"echo '{{\"type\":\"hello\",\"protocol\":1}}'; rm -rf \"$HOME\"; ln -s {_folder.At("outside")} \"$HOME\"; exit 3";
        var command = new WorkerCommand("/bin/sh", ["-c", script], new Dictionary<string, string>(StringComparer.Ordinal));
        WorkerRun run = await Eventually.Result("the worker's end", Launchers.In(_folder, _clock, new RecordedLog()).RunAsync(command, "linked", SampleLaunch.In, _watch, _stop));
        Assert.Equal("worker-crash", run.Outcome.Failure?.Code);
        Assert.Equal("text", await File.ReadAllTextAsync(outside, TestContext.Current.CancellationToken));
        await NothingStaysAsync();
    }

    private Task<WorkerRun> RunAsync(string script) => Launchers.In(_folder, _clock, new RecordedLog()).RunAsync(FakeWorkerProgram.Command(script), "hostile", Launch, _watch, _stop);

    /// <summary>A launch with every phase there is.</summary>
    private static LaunchRequest Launch(string folder) => SampleLaunch.In(folder) with { Energy = new EnergySettings { MinMs = 10_000 } };

    /// <summary>True for workers that do not hear the cancel line, so that signals must end them.</summary>
    private static bool IsDeaf(string script) => script is "hang:start" or "linger";

    /// <summary>Moves the clock in steps until the worker is gone; none needs longer than the ladder.</summary>
    private async Task<WorkerRun> UpTheLadderAsync(Task<WorkerRun> running)
    {
        for (TimeSpan gone = TimeSpan.Zero; !await Eventually.Within(TimeSpan.FromSeconds(0.2), () => running.IsCompleted); gone += Second)
        {
            Assert.True(gone <= Ladder.Patient.Stuck + Second, $"the worker is still there, in phase {_watch.Phase}");
            _clock.Advance(Second);
        }

        return await running;
    }

    private async Task NothingStaysAsync()
    {
        foreach (int id in _processes.Ids)
        {
            Assert.False(FakeWorkerProgram.Lives(id));
            await Eventually.Async("the end of the process group", () => !ProcessSignals.SendToGroup(id, 0));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.At("data", "work")));
    }

    private sealed class PhaseWatch(StartedProcesses processes) : IWorkerObserver
    {
        private volatile int _phase;
        private volatile bool _isOver;
        private volatile bool _toldCall;

        internal LaunchPhase Phase => (LaunchPhase)_phase;

        public void Started(int processId) => processes.Started(processId);

        public void Heard(WorkerConversation conversation)
        {
            _phase = (int)conversation.Phase;
            _isOver = conversation.IsOver;
            _toldCall = conversation.Progress is not null; // of this phase: a new one clears it
        }

        internal bool IsIn(string phase) => processes.Ids.Any() && PhaseMessage.WordOf(Phase) == phase;

        /// <summary>True when the worker did what its silence begins after.</summary>
        internal bool IsReady(string script) => script switch
        {
            "linger" => _isOver,
            _ => !script.Contains('/', StringComparison.Ordinal) || _toldCall,
        };
    }
}
