namespace Fleetmark.Agent.Nvml.Replay;

/// <summary>
/// Where the replay of one device is. Before its first launch it reads what stands first; from the begin of a launch time runs from the first moment of that launch's
/// lines towards 0 and waits there until sampling begins; from then on it runs as the clock does, also when the worker is gone.
/// </summary>
internal sealed class ReplayTrack(ReplayedDevice device, IReadOnlyList<ReplayedState> states, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly List<string> _clockCalls = [];
    private int _launch;
    private bool _isRunning;
    private bool _isSampling;
    private long _since;
    private int _reads;

    internal ReplayedDevice Device => device;

    internal void Begin()
    {
        lock (_gate) (_launch, _isRunning, _isSampling, _since) = (_launch + 1, true, false, clock.GetTimestamp());
    }

    internal void Sample()
    {
        lock (_gate)
        {
            if (_isSampling || !_isRunning) return;
            (_isSampling, _since) = (true, clock.GetTimestamp());
        }
    }

    internal void End()
    {
        lock (_gate) _isRunning = false;
    }

    /// <summary>What was asked of its clocks, in order: <c>lock 585-585 after launch 0</c>, <c>reset after launch 1</c>; <c>during</c> while a worker runs.</summary>
    internal IReadOnlyList<string> ClockCalls
    {
        get
        {
            lock (_gate) return [.. _clockCalls];
        }
    }

    /// <summary>Keeps what was asked of its clocks, and says what comes of it.</summary>
    internal int SetClocks(string asked)
    {
        lock (_gate) _clockCalls.Add(_isRunning ? $"{asked} during launch {_launch}" : $"{asked} after launch {_launch}");
        return device.LockedClocks switch { null => NvmlCode.Success, ReplayedDevice.Denied => NvmlCode.NoPermission, _ => NvmlCode.NotSupported };
    }

    /// <summary>How many values were asked for so far: who turns the clock by hand knows by it when a moment was seen.</summary>
    internal int Reads
    {
        get
        {
            lock (_gate) return _reads;
        }
    }

    /// <summary>What it reads now.</summary>
    internal ReplayedState Now()
    {
        lock (_gate)
        {
            _reads++;
            ReplayedState[] lines = Lines(Math.Max(_launch, 1));
            if (lines.Length == 0) return new ReplayedState { Device = device.Device, T = 0 };
            ReplayedState now = lines[0];
            foreach (ReplayedState line in lines.Skip(1).TakeWhile(line => line.T <= Moment(lines[0].T))) now = line.After(now);
            return _isRunning ? now : now with { Processes = now.Processes is { } all ? Math.Max(0, all - 1) : null };
        }
    }

    /// <summary>In milliseconds from the start of sampling.</summary>
    private double Moment(double first)
    {
        if (_launch == 0) return first;
        double passed = clock.GetElapsedTime(_since).TotalMilliseconds;
        return _isSampling ? passed : Math.Min(first + passed, -double.Epsilon);
    }

    /// <summary>The lines of the newest launch that is not after this one.</summary>
    private ReplayedState[] Lines(int launch)
    {
        int meant = states.Where(line => line.FromLaunch <= launch).Select(line => line.FromLaunch).DefaultIfEmpty(0).Max();
        return [.. states.Where(line => line.FromLaunch == meant)];
    }
}
