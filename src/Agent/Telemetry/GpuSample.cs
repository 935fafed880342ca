using Fleetmark.Agent.Nvml;

namespace Fleetmark.Agent.Telemetry;

/// <summary>A GPU at one moment; null what it does not tell.</summary>
internal sealed record GpuSample
{
    /// <summary>When, in <c>CLOCK_MONOTONIC</c> nanoseconds: the clock of the worker's window.</summary>
    internal required long At { get; init; }

    internal uint? SmClockMhz { get; init; }

    internal uint? MemoryClockMhz { get; init; }

    internal uint? TemperatureC { get; init; }

    internal uint? PowerMw { get; init; }

    internal uint? PerformanceState { get; init; }

    /// <summary>Share of the last sampling period of the driver in which a kernel ran, in percent.</summary>
    internal uint? BusyPercent { get; init; }

    internal ClockEvents? Events { get; init; }

    /// <summary>Processes that compute on it.</summary>
    internal GpuCensus? Processes { get; init; }

    /// <summary>Its memory that is in use, in bytes.</summary>
    internal ulong? MemoryUsed { get; init; }

    /// <summary>Sent over the bus, in KB/s; read once a second.</summary>
    internal uint? PcieSent { get; init; }

    /// <summary>Received over the bus, in KB/s; read once a second.</summary>
    internal uint? PcieReceived { get; init; }

    /// <summary>Its link to the machine.</summary>
    internal PcieLink Link { get; init; }

    /// <summary>Its counters; read once a second and at the edges of phases.</summary>
    internal GpuCounters? Counters { get; init; }
}
