using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Storage.Cells;

/// <summary>A stable coordinate that runs measure again and again. Table <c>cell</c>.</summary>
internal sealed class CellRow
{
    public int CellId { get; init; }

    public required byte[] CoordinateSha256 { get; init; }

    public CellKind Kind { get; init; }

    public int ModelId { get; init; }

    public int ArtifactId { get; init; }

    public int DeviceClassId { get; init; }

    public Precision Precision { get; init; }

    public int Batch { get; init; }

    public int ResizeShort { get; init; }

    public int Crop { get; init; }

    public required string Provider { get; init; }

    public required string Flavour { get; init; }

    public Scope Scope { get; init; }

    public int? DatasetId { get; init; }

    public string? Profile { get; init; }

    public string Extra { get; init; } = "{}";
}
