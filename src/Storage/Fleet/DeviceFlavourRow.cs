namespace Fleetmark.Storage.Fleet;

/// <summary>What a runtime flavour said about a device when it was probed. Table <c>device_flavour</c>.</summary>
internal sealed class DeviceFlavourRow
{
    public int DeviceId { get; init; }

    public required string Flavour { get; init; }

    public required string State { get; init; }

    public string Detail { get; init; } = "{}";

    public DateTimeOffset ProbedAt { get; init; }
}
