using Fleetmark.Measurement.Launches;

namespace Fleetmark.Storage.Results;

/// <summary>
/// Untimed: what a runtime makes of a model on a class of devices, the proof behind <c>precision_effective</c>. A newer look replaces an older one. Table <c>inspection</c>.
/// </summary>
internal sealed class InspectionRow
{
    public int ArtifactId { get; init; }

    public Precision Precision { get; init; }

    public required string Provider { get; init; }

    public required string Flavour { get; init; }

    public int DeviceClassId { get; init; }

    public required byte[] GraphSha256 { get; init; }

    public required string Detail { get; init; }

    public DateTimeOffset InspectedAt { get; init; }
}
