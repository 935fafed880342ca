using Fleetmark.Agent.Processes;

namespace Fleetmark.Agent.Telemetry;

/// <summary>Reads the host's counters ten times a second while a worker runs: about 50 µs of one core each time.</summary>
internal sealed class HostSampler : IAsyncDisposable
{
    private const int TicksPerTree = 10;

    private readonly HostFiles _files;
    private readonly ControlGroup _group;
    private readonly IReadOnlyList<int> _cores;
    private readonly TimeProvider _clock;
    private readonly int _processId;
    private readonly List<HostSample> _samples = [];
    private readonly Dictionary<int, long> _own = [];
    private readonly SamplingThread _thread;

    /// <summary>Begins at once.</summary>
    /// <param name="files">The kernel's files.</param>
    /// <param name="cores">The worker's cores, and those of others.</param>
    /// <param name="processId">The worker.</param>
    /// <param name="clock">Gives <c>CLOCK_MONOTONIC</c> as its timestamp.</param>
    internal HostSampler(HostFiles files, LaunchCores cores, int processId, TimeProvider clock)
    {
        _files = files;
        _group = new ControlGroup(files);
        _cores = cores.Own;
        _processId = processId;
        _clock = clock;
        _thread = new SamplingThread("host telemetry", cores, clock, Sample);
    }

    /// <summary>The newest sample.</summary>
    internal HostSample Latest
    {
        get
        {
            lock (_samples) return _samples.Count == 0 ? default : _samples[^1];
        }
    }

    /// <summary>Ends the sampling and gives what was seen.</summary>
    internal async Task<IReadOnlyList<HostSample>> EndAsync()
    {
        await DisposeAsync();
        return _samples;
    }

    public ValueTask DisposeAsync() => _thread.DisposeAsync();

    private void Sample(int tick)
    {
        if (tick % TicksPerTree == 0)
            foreach (int processId in ProcessTree.Of(_files, _processId)) _own.TryAdd(processId, 0);
        foreach (int processId in _own.Keys.ToArray())
        {
            // A child that is gone was waited for: its time is part of its parent's by now. The worker's own last time stays.
            if (ProcessStatus.Of(processId) is { } status) _own[processId] = status.CpuTicks;
            else if (processId != _processId) _own.Remove(processId);
        }

        CpuTimes? cpu = _files.Text("proc/stat") is { } stat ? CpuTimes.Parse(stat, _cores) : null;
        var sample = new HostSample(_clock.GetTimestamp(), cpu, _own.Values.Sum(), _group.Throttled());
        lock (_samples) _samples.Add(sample);
    }
}
