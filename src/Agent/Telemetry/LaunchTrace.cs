namespace Fleetmark.Agent.Telemetry;

/// <summary>Everything the agent saw around one launch.</summary>
/// <param name="Start">The machine before it.</param>
/// <param name="Host">The host's counters, in the order of time; empty when no worker was started.</param>
/// <param name="Gpu">The GPU; null for a launch on a CPU.</param>
internal sealed record LaunchTrace(LaunchStart Start, IReadOnlyList<HostSample> Host, GpuLaunchTrace? Gpu);
