using Fleetmark.Contracts.Fleet;

namespace Fleetmark.Storage.Fleet;

/// <summary>One GPU or one CPU package. Table <c>device</c>.</summary>
internal sealed class DeviceRow
{
    public int DeviceId { get; init; }

    public int DeviceClassId { get; init; }

    public required string HardwareUuid { get; init; }

    public int? AgentId { get; init; }

    public short Ordinal { get; init; }

    public int? MemoryMebibytes { get; init; }

    public string[] Capabilities { get; init; } = [];

    public bool Simulated { get; init; }

    public DeviceHealth Health { get; init; }

    public string? HealthReason { get; init; }

    public string? HealthBy { get; init; }

    public DateTimeOffset HealthSince { get; init; }

    public DateTimeOffset? NextCanaryAt { get; init; }
}
