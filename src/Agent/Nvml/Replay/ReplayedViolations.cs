namespace Fleetmark.Agent.Nvml.Replay;

/// <summary>How long each policy has held the clocks down so far, in nanoseconds.</summary>
internal sealed record ReplayedViolations
{
    public ulong? Power { get; init; }

    public ulong? Thermal { get; init; }

    public ulong? SyncBoost { get; init; }

    public ulong? BoardLimit { get; init; }

    public ulong? Reliability { get; init; }
}
