using System.Globalization;
using Fleetmark.Agent.Processes;
using Fleetmark.Measurement.Launches;
using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Workers;

/// <summary>
/// One worker's life seen from outside: reads what it says, knows how long each phase may last, and makes it go when it is over time, breaks the protocol, outgrows
/// its memory or is not wanted any more. Everything happens in one loop, so nothing here is locked. A ladder that has begun only gets faster.
/// </summary>
internal sealed partial class WorkerSupervision(
    WorkerProcess process, WorkerRequest request, WorkFolder folder, WorkerMemory memory, long? killsBefore, IWorkerObserver? observer, StopSignal stop,
    TimeProvider clock, ILogger log)
{
    private const int Killed = 128 + ProcessSignals.Kill;
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);

    /// <summary>No timer takes any length; the loop looks again anyway.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    private readonly WorkerConversation _conversation = new(request, folder.ReadFile);
    private readonly Dictionary<LaunchPhase, TimeSpan> _phases = [];
    private readonly OutputTail _errors = new();
    private readonly byte[] _buffer = new byte[64 << 10];
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private readonly long _start = clock.GetTimestamp();
    private TimeSpan _phaseBegin;
    private TimeSpan _lastHeard;
    private LaunchPhase _phase;
    private bool _isOver;
    private WorkerStop _stop;
    private string? _overTime;
    private Ladder? _applied;
    private TimeSpan? _terminateAt;
    private TimeSpan? _killAt;
    private TimeSpan? _stuckAt;

    private TimeSpan Now => clock.GetElapsedTime(_start);

    internal async Task<WorkerRun> RunAsync()
    {
        await using MemoryWatch watch = memory.Watch(process.Id, clock);
        Task reading = _errors.FillAsync(process.Errors);
        Task<int>? output = ReadAsync();
        while (true)
        {
            Task raised = stop.Raised;
            Decide(watch);
            Climb();
            if (process.Exited.IsCompleted || Now >= _stuckAt) break;
            await WakeAsync(output, raised, watch);
            if (output is { IsCompleted: true }) output = await TakeAsync(output);
        }

        if (!process.Exited.IsCompleted) return Stuck();
        process.Signal(ProcessSignals.Kill);
        await DrainAsync(output, reading);
        return Run(Exit(watch));
    }

    /// <summary>Sleeps until something happened or the next moment at which something must be done.</summary>
    private async Task WakeAsync(Task<int>? output, Task raised, MemoryWatch watch)
    {
        TimeSpan next = _stuckAt is null ? Deadline() : new[] { _terminateAt, _killAt, _stuckAt }.Where(at => at is not null).Min()!.Value;
        TimeSpan left = next - Now;
        if (left <= TimeSpan.Zero) return;
        if (left > LongestSleep) left = LongestSleep;
        using var awake = new CancellationTokenSource();
        var timer = Task.Delay(left, clock, awake.Token);
        List<Task> any = [process.Exited, raised, timer];
        if (output is not null) any.Add(output);
        if (_stop == WorkerStop.None) any.Add(watch.Exceeded);
        await Task.WhenAny(any);
        await awake.CancelAsync();
    }

    /// <summary>Finds out whether the worker has to go, and why; the first reason stands.</summary>
    private void Decide(MemoryWatch watch)
    {
        if (_conversation.Violation is not null)
        {
            Go(WorkerStop.Violation, Ladder.Immediate);
        }
        else if (stop.Ladder is { } ladder)
        {
            Go(WorkerStop.Cancelled, ladder);
        }
        else if (watch.Exceeded.IsCompleted)
        {
            Go(WorkerStop.OutOfMemory, Ladder.Immediate);
        }
        else if (Now >= Deadline())
        {
            _overTime ??= OverTime();
            Go(WorkerStop.Deadline, Ladder.Patient);
        }
    }

    private void Go(WorkerStop why, Ladder ladder)
    {
        if (_stop == WorkerStop.None)
        {
            _stop = why;
            if (ladder.EndsInput) process.EndInput();
            else process.Write(new CancelRequest());
        }

        if (_applied == ladder) return;
        _applied = ladder;
        _terminateAt = Sooner(_terminateAt, Now + ladder.Terminate);
        _killAt = Sooner(_killAt, Now + ladder.Kill);
        _stuckAt = Sooner(_stuckAt, Now + ladder.Stuck);
    }

    private void Climb()
    {
        if (Now >= _killAt)
        {
            LogKilled(log, process.Id, _stop);
            process.Signal(ProcessSignals.Kill);
            // Counted from the signal: the agent itself may have been frozen past both moments.
            _stuckAt = Now + (_applied!.Stuck - _applied.Kill);
            (_killAt, _terminateAt) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        }
        else if (Now >= _terminateAt)
        {
            process.Signal(ProcessSignals.Terminate);
            _terminateAt = TimeSpan.MaxValue;
        }
    }

    /// <summary>When the worker is over time: in its phase, or by its silence.</summary>
    private TimeSpan Deadline() => Sooner(_phaseBegin + PhaseLimit, _lastHeard + SilenceLimit);

    private LaunchPhase TimedPhase => _isOver ? LaunchPhase.Finish : _phase;

    private TimeSpan PhaseLimit => LaunchDeadlines.For(request, TimedPhase, _conversation.CallTime);

    private TimeSpan SilenceLimit => LaunchDeadlines.Silence(request, TimedPhase, _conversation.CallTime);

    /// <summary>Which limit that is, for people.</summary>
    private string OverTime() => _phaseBegin + PhaseLimit <= _lastHeard + SilenceLimit
        ? string.Create(CultureInfo.InvariantCulture, $"more than {PhaseLimit.TotalSeconds:0.#} s")
        : string.Create(CultureInfo.InvariantCulture, $"no line for {SilenceLimit.TotalSeconds:0.#} s");

    private async Task<Task<int>?> TakeAsync(Task<int> output)
    {
        int count;
        try
        {
            count = await output;
        }
        catch (IOException)
        {
            count = 0;
        }

        if (count == 0) return null;
        _conversation.Feed(_buffer.AsSpan(0, count));
        _lastHeard = Now;
        NotePhase();
        observer?.Heard(_conversation);
        return ReadAsync();
    }

    private void NotePhase()
    {
        if (_conversation.Phase != _phase)
        {
            _phases[_phase] = Now - _phaseBegin;
            _phaseBegin = Now;
            _phase = _conversation.Phase;
        }

        if (_isOver || !_conversation.IsOver) return;
        _isOver = true;
        _phases[_phase] = Now - _phaseBegin;
        _phaseBegin = Now;
    }

    /// <summary>Reads what is left in the pipe. A descendant that left the group may hold it open: then what came so far counts.</summary>
    private async Task DrainAsync(Task<int>? output, Task errors)
    {
        using var late = new CancellationTokenSource(Drain, clock);
        try
        {
            while (output is not null) output = await TakeAsync(await Done(output, late.Token));
            await errors.WaitAsync(late.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            LogOutputHeldOpen(log, process.Id);
        }

        static async Task<Task<int>> Done(Task<int> reading, CancellationToken cancel)
        {
            await Task.WhenAny(reading).WaitAsync(cancel);
            return reading;
        }
    }

    /// <summary>How it ended. A SIGKILL nobody here sent is the kernel's, for want of memory, when the kernel counted one more of those.</summary>
    private WorkerExit Exit(MemoryWatch watch) => _stop switch
    {
        WorkerStop.OutOfMemory => new WorkerExit(process.ExitCode, _stop, $"the worker outgrew its memory and was killed: {memory.Told(watch.Latest)}"),
        WorkerStop.Deadline => new WorkerExit(process.ExitCode, _stop, _overTime),
        WorkerStop.None when process.ExitCode == Killed && memory.SystemKills() > killsBefore =>
            new WorkerExit(process.ExitCode, WorkerStop.OutOfMemory, $"the system ended the worker because memory was used up: {memory.Told(watch.Latest)}"),
        _ => new WorkerExit(process.ExitCode, _stop),
    };

    private WorkerRun Stuck()
    {
        LogStuck(log, process.Id);
        return Run(new WorkerExit(Killed, _stop == WorkerStop.None ? WorkerStop.Deadline : _stop, _overTime));
    }

    private WorkerRun Run(WorkerExit exit)
    {
        LaunchOutcome outcome = _conversation.End(exit);
        if (_conversation.UnknownMessages > 0) LogUnknown(log, process.Id, _conversation.UnknownMessages);
        return new WorkerRun
        {
            Outcome = outcome,
            Exit = exit,
            StartedAt = _startedAt,
            Phases = _phases,
            LogTail = LogTail(),
        };
    }

    /// <summary>The log lines of stdout, then stderr, whose end is where a worker says why it fails: when there is too much, the begin goes.</summary>
    private string LogTail()
    {
        string text = string.Concat(_conversation.Log.Select(line => line + "\n")) + _errors;
        return text[^Math.Min(text.Length, OutputTail.Capacity)..];
    }

    private Task<int> ReadAsync() => process.Output.ReadAsync(_buffer, CancellationToken.None).AsTask();

    private static TimeSpan Sooner(TimeSpan? planned, TimeSpan asked) => planned is { } at && at < asked ? at : asked;

    [LoggerMessage(5220, LogLevel.Error, "Worker process {ProcessId} survives SIGKILL; its device stays busy until it is gone")]
    private static partial void LogStuck(ILogger log, int processId);

    [LoggerMessage(5222, LogLevel.Warning, "Worker process {ProcessId} did not leave and is killed ({Stop})")]
    private static partial void LogKilled(ILogger log, int processId, WorkerStop stop);

    [LoggerMessage(5223, LogLevel.Warning, "Worker process {ProcessId} sent {Count} messages of unknown type")]
    private static partial void LogUnknown(ILogger log, int processId, int count);

    [LoggerMessage(5221, LogLevel.Warning, "Something that worker process {ProcessId} started holds its output open")]
    private static partial void LogOutputHeldOpen(ILogger log, int processId);
}
