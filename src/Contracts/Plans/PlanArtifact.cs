namespace Fleetmark.Contracts.Plans;

/// <summary>
/// A model of a plan after its file is known: what expansion, storage and tables need, so that none of them opens a model file. Made by whoever submits.
/// </summary>
[GenerateSerializer, Immutable, Alias(WireAliases.PlanArtifact)]
public sealed record PlanArtifact
{
    /// <summary>Name as the plan writes it.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>SHA-256 of the FP32 ONNX file, 64 lower-case hexadecimal digits.</summary>
    [Id(1)] public required string Sha256 { get; init; }

    /// <summary>Size of the FP32 ONNX file in bytes.</summary>
    [Id(2)] public required long SizeBytes { get; init; }

    /// <summary>Operator set of the file.</summary>
    [Id(3)] public required int Opset { get; init; }

    /// <summary>Definition (YAML text) a built-in or plan-local model is built from; null for an imported file.</summary>
    [Id(4)] public string? Definition { get; init; }

    /// <summary>Recipe of the weights, such as <c>synthetic-v1</c>; null for an imported file, whose weights are its own.</summary>
    [Id(5)] public string? Weights { get; init; }

    /// <summary>Default height and width of the input in pixels.</summary>
    [Id(6)] public required int Crop { get; init; }

    /// <summary>Default shorter side after resizing, in pixels.</summary>
    [Id(7)] public required int ResizeShort { get; init; }

    /// <summary>Exact counts by convention (<c>macs</c>, <c>flops_2mac</c>, <c>paddleclas_2020</c>, …, <c>trainable</c>, <c>no_bias</c>, …) at the default input size;
    /// empty when an operator could not be counted.</summary>
    [Id(8)] public required IReadOnlyDictionary<string, long> Counts { get; init; }

    /// <summary>Fixed batch of an imported graph whose batch axis is not symbolic; null when any batch runs.</summary>
    [Id(9)] public int? FixedBatch { get; init; }
}
