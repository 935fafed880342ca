namespace Fleetmark.Measurement.Judging;

/// <summary>What the agent saw of the host during the sampling window; null where the host has no such counter.</summary>
public sealed record HostTelemetry
{
    /// <summary>Share of the worker's cores' time that the hypervisor gave to others, 0 to 1.</summary>
    public required double? StealRel { get; init; }

    /// <summary>Share of the worker's cores' time that other processes used, 0 to 1.</summary>
    public required double? ForeignCpuRel { get; init; }

    /// <summary>How often the cgroup's CPU quota held the worker back (growth of <c>nr_throttled</c>).</summary>
    public required long? CgroupThrottled { get; init; }

    /// <summary>True when the device lock was lost before the launch ended.</summary>
    public bool IsLockLost { get; init; }
}
