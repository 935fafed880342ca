namespace Fleetmark.Storage.Models;

/// <summary>Column <c>io_spec</c> of an artifact: where its file comes from and what goes into it.</summary>
internal sealed record ArtifactOrigin
{
    /// <summary>Definition (YAML) the file is built from; null for an imported file.</summary>
    public string? Definition { get; init; }

    /// <summary>Recipe of its weights; null for an imported file.</summary>
    public string? Weights { get; init; }

    /// <summary>Default height and width of the input.</summary>
    public required int Crop { get; init; }

    /// <summary>Default shorter side after resizing.</summary>
    public required int ResizeShort { get; init; }

    /// <summary>Fixed batch of an imported graph.</summary>
    public int? FixedBatch { get; init; }
}
