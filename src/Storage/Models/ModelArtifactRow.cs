namespace Fleetmark.Storage.Models;

/// <summary>One immutable FP32 file or the graph of a recipe, named by its bytes. Table <c>model_artifact</c>.</summary>
internal sealed class ModelArtifactRow
{
    public int ArtifactId { get; init; }

    public int ModelId { get; init; }

    public required byte[] Sha256 { get; init; }

    public required string Format { get; init; }

    public int? Opset { get; init; }

    public long SizeBytes { get; init; }

    public long? Params { get; init; }

    public long? Macs { get; init; }

    public string Flops { get; init; } = "{}";

    public required string IoSpec { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
