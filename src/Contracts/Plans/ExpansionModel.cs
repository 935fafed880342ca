namespace Fleetmark.Contracts.Plans;

/// <summary>A model in an <see cref="ExpansionView"/>.</summary>
public sealed record ExpansionModel
{
    /// <summary>Name in tables.</summary>
    public required string Name { get; init; }

    /// <summary>Where it comes from: <c>built-in</c>, <c>home</c> (a definition in <c>FLEETMARK_HOME/models</c>), <c>definition</c>, <c>file</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The definition or ONNX file as the plan writes it, or the home's definition; null for a built-in model.</summary>
    public string? File { get; init; }

    /// <summary>SHA-256 of the FP32 ONNX file, 64 hexadecimal digits.</summary>
    public required string ArtifactSha256 { get; init; }

    /// <summary>Size of the FP32 ONNX file.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Recipe of the weights; null for an ONNX file, whose weights are its own.</summary>
    public string? Weights { get; init; }

    /// <summary>The batch of a graph that runs no other; null when any batch runs.</summary>
    public int? FixedBatch { get; init; }

    /// <summary>Graph input to feed, where the plan picks one.</summary>
    public string? Input { get; init; }

    /// <summary>Graph output to read, where the plan picks one.</summary>
    public string? Output { get; init; }

    /// <summary>A built-in model that no plan names.</summary>
    internal static ExpansionModel Of(PlanArtifact artifact) => new()
    {
        Name = artifact.Name,
        Source = "built-in",
        ArtifactSha256 = artifact.Sha256,
        SizeBytes = artifact.SizeBytes,
        Weights = artifact.Weights,
    };

    internal static ExpansionModel Of(PlanModel model, PlanArtifact artifact) => new()
    {
        Name = model.Name,
        Source = model switch { { File: not null } => "file", { Definition: not null } => "definition", _ => "built-in" },
        File = model.File ?? model.Definition,
        ArtifactSha256 = artifact.Sha256,
        SizeBytes = artifact.SizeBytes,
        Weights = artifact.Weights,
        FixedBatch = artifact.FixedBatch,
        Input = model.Input,
        Output = model.Output,
    };
}
