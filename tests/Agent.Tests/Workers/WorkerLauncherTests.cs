using System.Globalization;
using Fleetmark.Agent.Processes;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Workers;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Launches;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fleetmark.Agent.Tests.Workers;

public sealed class WorkerLauncherTests : IAsyncDisposable
{
    /// <summary>Longer than any phase of a quick launch may last.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(121);

    private const int MostSteps = 200;

    /// <summary>Log event: the worker sent messages of unknown type.</summary>
    private const int UnknownMessages = 5223;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly DateTimeOffset _start;
    private readonly StopSignal _stop = new();
    private readonly Watch _watch = new();
    private readonly RecordedLog _log = new();
    private readonly List<Task> _runs = [];

    public WorkerLauncherTests() => _start = _clock.GetUtcNow();

    public async ValueTask DisposeAsync()
    {
        await _watch.Processes.DisposeAsync();
        await Task.WhenAll(_runs).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_worker_that_measures_gives_its_samples()
    {
        WorkerRun run = await Run("measure");
        Assert.Null(run.Outcome.Failure);
        Assert.Equal(60, run.Outcome.Samples!.Nanoseconds.Count);
        Assert.Equal(2_000_000, run.Outcome.Samples.Nanoseconds[0]);
        AssertNothingStays();
    }

    [Fact]
    public async Task A_crash_tells_the_signal_and_what_was_written_to_stderr()
    {
        WorkerRun run = await Run("crash");
        Assert.Contains("SIGABRT", run.Outcome.Failure!.Text, StringComparison.Ordinal);
        Assert.Contains("about to crash", run.LogTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_lines_on_stdout_are_kept_and_messages_nobody_knows_are_counted()
    {
        const string script = "echo '{\"type\":\"hello\",\"protocol\":1}'; echo words; echo '{\"type\":\"novelty\"}'; echo '{\"type\":\"novelty\"}'; echo the end >&2; exit 3";
        WorkerRun run = await Launcher().RunAsync(Shell(script), "talk", _ => new CapabilitiesRequest(), _watch, _stop);
        Assert.Equal("worker-crash", run.Outcome.Failure?.Code);
        Assert.Equal("words\nthe end\n", run.LogTail);
        Assert.EndsWith("2 messages of unknown type", Assert.Single(_log.Of(UnknownMessages)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_much_that_is_kept_the_end_of_stderr_is_the_last_to_go()
    {
        const string script = "echo '{\"type\":\"hello\",\"protocol\":1}'; echo words; head -c 65530 /dev/zero | tr '\\0' x >&2; echo ' end' >&2; exit 3";
        WorkerRun run = await Launcher().RunAsync(Shell(script), "talk", _ => new CapabilitiesRequest(), _watch, _stop);
        Assert.Equal(OutputTail.Capacity, run.LogTail.Length);
        Assert.StartsWith("\nxxx", run.LogTail, StringComparison.Ordinal);
        Assert.EndsWith("x end\n", run.LogTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_whose_clock_talks_nonsense_is_ended_as_timeout_like_any_other()
    {
        Task<WorkerRun> running = Run("clock");
        await Eventually.Async("phase sample", () => _watch.Phase == LaunchPhase.Sample);
        WorkerRun run = await AdvancePast(10 * Longest, running);
        Assert.Equal("worker-timeout", run.Outcome.Failure?.Code);
        AssertNothingStays();
    }

    [Fact]
    public async Task A_worker_that_answers_and_does_not_leave_is_ended()
    {
        Task<WorkerRun> running = Run("linger");
        await Eventually.Async("the answer", () => _watch.IsOver);
        WorkerRun run = await AdvanceUntilDone(running, TimeSpan.FromSeconds(1));
        Assert.Equal("worker-timeout", run.Outcome.Failure?.Code);
        AssertNothingStays();
    }

    [Fact]
    public async Task A_cancelled_worker_that_listens_leaves_by_itself()
    {
        Task<WorkerRun> running = Run("hang:sample");
        await Eventually.Async("phase sample", () => _watch.Phase == LaunchPhase.Sample);
        _stop.Raise(StopReason.Cancelled, Ladder.Patient);
        WorkerRun run = await Eventually.Result("the end", running);
        Assert.Equal("cancelled", run.Outcome.Failure?.Code);
        AssertNothingStays();
    }

    [Fact]
    public async Task A_worker_that_listens_to_nothing_is_killed_seven_seconds_after_the_cancel()
    {
        Task<WorkerRun> running = Run("deaf:sample");
        await Eventually.Async("phase sample", () => _watch.Phase == LaunchPhase.Sample);
        _stop.Raise(StopReason.Cancelled, Ladder.Patient);
        WorkerRun run = await AdvanceUntilDone(running, TimeSpan.FromSeconds(1));
        Assert.Equal("cancelled", run.Outcome.Failure?.Code);
        Assert.InRange(_clock.GetUtcNow() - _start, Ladder.Patient.Kill, Ladder.Patient.Stuck);
        AssertNothingStays();
    }

    [Fact]
    public async Task A_hasty_end_overtakes_a_patient_cancel()
    {
        Task<WorkerRun> running = Run("deaf:sample");
        await Eventually.Async("phase sample", () => _watch.Phase == LaunchPhase.Sample);
        _stop.Raise(StopReason.Cancelled, Ladder.Patient);
        _stop.Raise(StopReason.Drain, Ladder.Hasty);
        await AdvanceUntilDone(running, TimeSpan.FromSeconds(0.25));
        Assert.InRange(_clock.GetUtcNow() - _start, Ladder.Hasty.Kill, Ladder.Hasty.Stuck);
        AssertNothingStays();
    }

    [Fact]
    public async Task What_a_worker_started_goes_with_it()
    {
        WorkerRun run = await Run("orphan");
        Assert.Null(run.Outcome.Failure);
        await Eventually.Async("the end of the process group", () => !ProcessSignals.SendToGroup(_watch.ProcessId, 0));
    }

    [Fact]
    public async Task A_worker_gets_a_cleared_environment_an_empty_folder_and_a_group_of_its_own()
    {
        const string report = "echo '{\"type\":\"hello\",\"protocol\":1}'; env >&2; pwd >&2; ls -A >&2; ps -o pgid= -p $$ >&2";
        var command = new WorkerCommand("/bin/sh", ["-c", report], new Dictionary<string, string>(StringComparer.Ordinal) { ["MINE"] = "yes" });
        WorkerRun run = await Launcher().RunAsync(command, "look", _ => new CapabilitiesRequest(), _watch, _stop);
        string[] lines = run.LogTail.TrimEnd().Split('\n');
        string files = _folder.At("data", "work", "look", "files");
        string[] variables = [.. lines.Where(line => line.Contains('=', StringComparison.Ordinal)).Select(line => line.Split('=')[0])];
        string[] expected = ["CUDA_DEVICE_ORDER", "CUDA_VISIBLE_DEVICES", "HOME", "LANG", "MINE", "PATH", "TMPDIR"];
        Assert.Equal(expected, variables.Except(["PWD", "_", "SHLVL", "OLDPWD"]).Order(StringComparer.Ordinal));
        Assert.Contains($"HOME={files}", lines);
        Assert.Equal(files, lines[^2]);
        Assert.Equal(_watch.ProcessId, int.Parse(lines[^1], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_worker_is_kept_off_cores_from_its_first_moment()
    {
        IReadOnlyList<int> all = ThreadAffinity.Cores();
        Assert.SkipUnless(all.Count > 1, "one core only");
        var command = new WorkerCommand("/bin/sh", ["-c", "echo '{\"type\":\"hello\",\"protocol\":1}'; grep Cpus_allowed_list /proc/self/status >&2"], new Dictionary<string, string>(StringComparer.Ordinal));

        Assert.Equal(all.Skip(1), await CoresAsync(command with { KeptOff = [all[0]] }));
        Assert.Equal(all, await CoresAsync(command with { KeptOff = all }));
        Assert.Equal(all, await CoresAsync(command));
    }

    private async Task<IReadOnlyList<int>?> CoresAsync(WorkerCommand command)
    {
        WorkerRun run = await Launcher().RunAsync(command, "cores", _ => new CapabilitiesRequest(), observer: null, _stop);
        return CpuList.Parse(run.LogTail.Split(':')[^1].Trim());
    }

    [Fact]
    public async Task A_dead_agent_is_noticed_by_the_end_of_stdin()
    {
        var work = WorkFolder.Create(_folder.At("work"), "orphaned", NullLogger.Instance);
        var process = WorkerProcess.Start(FakeWorkerProgram.Command("hang:warmup"), work.Files);
        _watch.Started(process.Id);
        process.Write(SampleLaunch.In(work.Files));
        byte[] hello = new byte[10];
        await process.Output.ReadExactlyAsync(hello, TestContext.Current.CancellationToken);
        int processId = process.Id;
        process.Dispose();
        await Eventually.Async("the worker's end", () => !FakeWorkerProgram.Lives(processId));
        work.Dispose();
    }

    private WorkerLauncher Launcher() => Launchers.In(_folder, _clock, _log);

    private static WorkerCommand Shell(string script) => new("/bin/sh", ["-c", script], new Dictionary<string, string>(StringComparer.Ordinal));

    private Task<WorkerRun> Run(string script)
    {
        Task<WorkerRun> run = Launcher().RunAsync(FakeWorkerProgram.Command(script), new AttemptKey(new JobId(7), 1) + "-0", folder => SampleLaunch.In(folder, script), _watch, _stop);
        _runs.Add(run);
        return run;
    }

    /// <summary>Goes past a deadline in one step, then up the ladder.</summary>
    private Task<WorkerRun> AdvancePast(TimeSpan deadline, Task<WorkerRun> running)
    {
        _clock.Advance(deadline);
        return AdvanceUntilDone(running, TimeSpan.FromSeconds(1));
    }

    /// <summary>Moves the clock in steps, and gives the processes time between them.</summary>
    private async Task<WorkerRun> AdvanceUntilDone(Task<WorkerRun> running, TimeSpan step)
    {
        for (int steps = 0; !await Eventually.Within(TimeSpan.FromSeconds(0.2), () => running.IsCompleted); steps++)
        {
            Assert.True(steps < MostSteps, $"the worker is still there after {_clock.GetUtcNow() - _start}, in phase {_watch.Phase}");
            _clock.Advance(step);
        }

        return await running;
    }

    private void AssertNothingStays()
    {
        Assert.False(FakeWorkerProgram.Lives(_watch.ProcessId));
        Assert.False(ProcessSignals.SendToGroup(_watch.ProcessId, 0));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.At("data", "work")));
    }

    private sealed class Watch : IWorkerObserver
    {
        private volatile int _processId;
        private volatile int _phase;
        private volatile bool _isOver;

        internal int ProcessId => _processId;

        internal LaunchPhase Phase => (LaunchPhase)_phase;

        internal bool IsOver => _isOver;

        internal StartedProcesses Processes { get; } = new();

        public void Started(int processId)
        {
            Processes.Add(processId);
            _processId = processId;
        }

        public void Heard(WorkerConversation conversation)
        {
            _phase = (int)conversation.Phase;
            _isOver = conversation.IsOver;
        }
    }
}
