using Fleetmark.Agent.Nvml;

namespace Fleetmark.Agent.Telemetry;

/// <summary>
/// Reads a GPU ten times a second during a launch, from before its worker is started until the driver has forgotten it; about 0.2 ms each time, once a second 40 ms more in
/// which the driver watches the bus.
/// </summary>
internal sealed class GpuSampler : IAsyncDisposable
{
    private const int TicksPerCount = 10;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan WatchBusEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long a driver may list a process that is gone.</summary>
    private static readonly TimeSpan Forgetting = TimeSpan.FromSeconds(2);

    private readonly HostFiles _files;
    private readonly NvmlLibrary _library;
    private readonly string _uuid;
    private readonly TimeProvider _clock;
    private readonly NvmlDevice? _device;
    private readonly List<GpuSample> _samples = [];
    private readonly HashSet<int> _own = [];
    private readonly bool _comparesNumbers;
    private readonly TaskCompletionSource<int> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SamplingThread _thread;
    private volatile bool _wantsCounters = true;
    private volatile int _worker;
    private int _samplesOfLaunch;
    private long? _workerStart;
    private long? _busWatchedAt;

    /// <summary>Begins at once.</summary>
    /// <param name="files">The kernel's files.</param>
    /// <param name="library">The driver's library.</param>
    /// <param name="uuid">The device.</param>
    /// <param name="cores">The worker's cores, and those of others.</param>
    /// <param name="clock">Gives <c>CLOCK_MONOTONIC</c> as its timestamp.</param>
    internal GpuSampler(HostFiles files, NvmlLibrary library, string uuid, LaunchCores cores, TimeProvider clock)
    {
        (_files, _library, _uuid, _clock) = (files, library, uuid, clock);
        _comparesNumbers = !library.IsSimulated && GpuCensus.NumbersAreTheHosts(files);
        (_device, int code) = library.Find(uuid);
        if (NvmlCode.IsLoss(code)) _lost.SetResult(code);
        _thread = new SamplingThread("gpu telemetry", cores, clock, Sample);
    }

    /// <summary>The newest reading; null before the first.</summary>
    internal GpuSample? Latest
    {
        get
        {
            lock (_samples) return _samples.LastOrDefault();
        }
    }

    /// <summary>Completes with the driver's answer when the device is lost; never when it is not.</summary>
    internal Task<int> Lost => _lost.Task;

    /// <summary>
    /// Returns when the device was read without a process on it. The driver may still list the worker that converted or inspected just now, and has two seconds to forget it;
    /// what was read until then is no part of the launch. What is still there then is there before the launch.
    /// </summary>
    internal async Task BeginAsync()
    {
        await _thread.Begun;
        long asked = _clock.GetTimestamp();
        while (Counted() is { Processes.Count: > 0 } && _clock.GetElapsedTime(asked) < Forgetting)
        {
            Edge();
            await Task.Delay(Look, _clock);
        }

        lock (_samples) _samples.RemoveRange(0, Math.Max(0, _samples.FindLastIndex(HasCounters)));
    }

    /// <summary>The worker runs.</summary>
    internal void Started(int processId)
    {
        _worker = processId;
        _workerStart = _clock.GetTimestamp();
        _library.Timeline?.Begin(_uuid);
    }

    /// <summary>A phase of the launch begins: counters are read at once.</summary>
    internal void Edge()
    {
        _wantsCounters = true;
        _thread.Wake();
    }

    /// <summary>Sampling begins.</summary>
    internal void Sampling() => _library.Timeline?.Sample(_uuid);

    /// <summary>Ends the sampling once the worker is gone and the driver has forgotten it, or had two seconds to.</summary>
    internal async Task<GpuLaunchTrace> EndAsync()
    {
        _library.Timeline?.End(_uuid);
        long gone = _clock.GetTimestamp();
        lock (_samples) _samplesOfLaunch = _samples.Count;
        Edge();
        while (!IsForgotten(gone) && _clock.GetElapsedTime(gone) < Forgetting) await Task.Delay(Look, _clock);
        await _thread.DisposeAsync();
        return new GpuLaunchTrace(_samples, Foreign(), _library.IsSimulated, _lost.Task.IsCompletedSuccessfully ? await _lost.Task : null, _workerStart);
    }

    public async ValueTask DisposeAsync() => await _thread.DisposeAsync();

    /// <summary>True when a reading after the worker's end lists no process, or none can be listed.</summary>
    private bool IsForgotten(long gone)
    {
        lock (_samples) return _samples is [.., var latest] && latest.At >= gone && latest.Processes is not { Count: > 0 };
    }

    /// <summary>The newest reading that is complete.</summary>
    private GpuSample? Counted()
    {
        lock (_samples) return _samples.FindLast(HasCounters);
    }

    private static bool HasCounters(GpuSample sample) => sample.Counters is not null;

    private bool? Foreign() => GpuCensus.HasForeign(_samples[0].Processes, _samples.Take(_samplesOfLaunch).Select(sample => sample.Processes), _samples[^1].Processes);

    private void Sample(int tick)
    {
        bool counts = _wantsCounters || tick % TicksPerCount == 0;
        _wantsCounters = false;
        // Ticks come faster than the beat where counters are asked for.
        bool watchesBus = tick > 0 && !(_busWatchedAt is { } before && _clock.GetElapsedTime(before) < WatchBusEvery);
        if (watchesBus) _busWatchedAt = _clock.GetTimestamp();
        GpuSample sample = Read(counts, watchesBus);
        lock (_samples) _samples.Add(sample);
        if (_device?.Loss is { } code) _lost.TrySetResult(code);
    }

    private GpuSample Read(bool counts, bool watchesBus)
    {
        long at = _clock.GetTimestamp();
        if (_device is null) return new GpuSample { At = at };
        return new GpuSample
        {
            At = at,
            SmClockMhz = _device.SmClockMhz(),
            MemoryClockMhz = _device.MemoryClockMhz(),
            TemperatureC = _device.TemperatureC(),
            PowerMw = _device.PowerMw(),
            PerformanceState = _device.PerformanceState(),
            BusyPercent = _device.Utilization()?.Gpu,
            Events = (ClockEvents?)_device.ClockEventReasons(),
            Processes = _device.ComputeProcesses() is { } listed ? Census(listed) : null,
            MemoryUsed = _device.Memory()?.Used,
            Link = _device.Link(),
            Counters = counts ? Counters() : null,
            PcieSent = watchesBus ? _device.PcieSent() : null,
            PcieReceived = watchesBus ? _device.PcieReceived() : null,
        };
    }

    private GpuCounters Counters() => new(
        _clock.GetTimestamp(),
        _device!.ViolationNanoseconds(NvmlPolicy.Power),
        _device.ViolationNanoseconds(NvmlPolicy.Thermal),
        _device.ViolationNanoseconds(NvmlPolicy.SyncBoost),
        _device.ViolationNanoseconds(NvmlPolicy.BoardLimit),
        _device.ViolationNanoseconds(NvmlPolicy.Reliability),
        _device.EnergyMj(),
        _device.UncorrectedEccErrors());

    private GpuCensus Census(IReadOnlyList<uint> listed)
    {
        if (!_comparesNumbers) return GpuCensus.Of(listed, own: null);
        // The worker may have started something since the last look.
        if (_worker > 0 && listed.Any(process => !_own.Contains((int)process))) _own.UnionWith(ProcessTree.Of(_files, _worker));
        return GpuCensus.Of(listed, _own);
    }
}
