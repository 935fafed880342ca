using System.Runtime.InteropServices;

namespace Fleetmark.Agent.Telemetry;

/// <summary>The host's counters at one moment.</summary>
/// <param name="At">When, in <c>CLOCK_MONOTONIC</c> nanoseconds: the clock of the worker's window.</param>
/// <param name="Cpu">The worker's cores; null where the host does not tell.</param>
/// <param name="OwnTicks">Time of the worker itself, in clock ticks.</param>
/// <param name="Throttled">How often the quota held the group back; null where the host does not tell.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HostSample(long At, CpuTimes? Cpu, long OwnTicks, long? Throttled);
