namespace Fleetmark.Storage.Models;

/// <summary>A model by the name plans use. Table <c>model</c>.</summary>
internal sealed class ModelRow
{
    public int ModelId { get; init; }

    public required string Name { get; init; }

    public required string Family { get; init; }

    public string Task { get; init; } = "classification";
}
