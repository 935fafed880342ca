namespace Fleetmark.Storage.Fleet;

/// <summary>What is compared: a kind of device. Table <c>device_class</c>.</summary>
internal sealed class DeviceClassRow
{
    public int DeviceClassId { get; init; }

    public required string Slug { get; init; }

    public required string Vendor { get; init; }

    public string? ComputeCapability { get; init; }

    public int? MemoryMebibytes { get; init; }

    public string Detail { get; init; } = "{}";
}
