using Fleetmark.Models.Graphs;

namespace Fleetmark.Models.Imported;

/// <summary>What a plan says about a model file; everything left out is taken from the file.</summary>
public sealed record ImportExpectation
{
    /// <summary>Largest accepted file unless said otherwise: 2 GiB, the most one ONNX file can have.</summary>
    public const long DefaultMaximumBytes = int.MaxValue;

    /// <summary>Nothing is known: what <c>models describe FILE</c> uses.</summary>
    public static ImportExpectation Nothing { get; } = new();

    /// <summary>Digest of the file.</summary>
    public Digest? Sha256 { get; init; }

    /// <summary>Side of the images fed, in pixels. Needed when the file leaves height and width open.</summary>
    public int? Crop { get; init; }

    /// <summary>Batch sizes the plan measures; empty accepts any fixed batch.</summary>
    public IReadOnlyList<int> Batches { get; init; } = [];

    /// <summary>Number of classes, where a label list decides it.</summary>
    public int? Classes { get; init; }

    /// <summary>Which input to feed when there are several.</summary>
    public string? Input { get; init; }

    /// <summary>Which output to read when there are several.</summary>
    public string? Output { get; init; }

    /// <summary>The built-in model whose name the file takes, and which it therefore must be.</summary>
    public ModelDefinition? Claims { get; init; }

    /// <summary>Largest accepted file, in bytes.</summary>
    public long MaximumBytes { get; init; } = DefaultMaximumBytes;
}
