using Fleetmark.Agent.Nvml;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Telemetry;

/// <summary>Watches host and GPU around one launch: <see cref="BeginAsync"/> before its worker, <see cref="Started"/> and <see cref="Entered"/> while it lives, <see cref="EndAsync"/> after it.</summary>
/// <param name="files">The kernel's files.</param>
/// <param name="gpus">The driver's library.</param>
/// <param name="gpu">UUID of the GPU; null for a launch on a CPU.</param>
/// <param name="cores">The worker's cores, and those of others.</param>
/// <param name="clock">Gives <c>CLOCK_MONOTONIC</c> as its timestamp.</param>
internal sealed class LaunchTelemetry(HostFiles files, NvmlLibrary gpus, string? gpu, LaunchCores cores, TimeProvider clock) : IAsyncDisposable
{
    private readonly LaunchStart _start = LaunchStart.Read(files, cores.Own);
    private readonly GpuSampler? _gpu = gpu is null ? null : new GpuSampler(files, gpus, gpu, cores, clock);
    private HostSampler? _host;
    private LaunchPhase _phase = LaunchPhase.Start;

    /// <summary>Completes with the driver's answer when the GPU is lost.</summary>
    internal Task<int>? Lost => _gpu?.Lost;

    /// <summary>Returns when the machine was seen without the worker.</summary>
    internal Task BeginAsync() => _gpu is null ? Task.CompletedTask : _gpu.BeginAsync();

    /// <summary>Watches the idle GPU, up to a moment at which its counters are read.</summary>
    /// <exception cref="OperationCanceledException">The launch is not wanted any more.</exception>
    internal async Task IdleAsync(TimeSpan length, CancellationToken cancel)
    {
        await Task.Delay(length, clock, cancel);
        _gpu?.Edge();
    }

    /// <summary>The worker runs.</summary>
    internal void Started(int processId)
    {
        _host = new HostSampler(files, cores, processId, clock);
        _gpu?.Started(processId);
    }

    /// <summary>The worker said in which phase it is; phases may be left out.</summary>
    internal void Entered(LaunchPhase phase)
    {
        if (phase <= _phase) return;
        if (_phase < LaunchPhase.Sample && phase >= LaunchPhase.Sample) _gpu?.Sampling();
        _phase = phase;
        _gpu?.Edge();
    }

    /// <summary>Ends the watching after the worker is gone and gives what was seen.</summary>
    internal async Task<LaunchTrace> EndAsync()
    {
        IReadOnlyList<HostSample> host = _host is null ? [] : await _host.EndAsync();
        return new LaunchTrace(_start, host, _gpu is null ? null : await _gpu.EndAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        if (_gpu is not null) await _gpu.DisposeAsync();
    }
}
