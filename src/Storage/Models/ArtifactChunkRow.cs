namespace Fleetmark.Storage.Models;

/// <summary>A piece of at most 4 MiB of an imported model file; built-in models are generated and have none. Table <c>artifact_chunk</c>.</summary>
internal sealed class ArtifactChunkRow
{
    public int ArtifactId { get; init; }

    public int Sequence { get; init; }

    public required byte[] Body { get; init; }
}
