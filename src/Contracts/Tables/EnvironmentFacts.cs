namespace Fleetmark.Contracts.Tables;

/// <summary>The part of an environment that stands under a table.</summary>
public sealed record EnvironmentFacts
{
    /// <summary>Name of the runtime, such as <c>ONNX Runtime</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>Its version.</summary>
    public required string RuntimeVersion { get; init; }

    /// <summary>Runtime flavour.</summary>
    public required string Flavour { get; init; }

    /// <summary>GPU driver; null on a CPU.</summary>
    public string? Driver { get; init; }

    /// <summary>CUDA runtime; null on a CPU.</summary>
    public string? Cuda { get; init; }

    /// <summary>Further facts as <c>name value</c>, such as <c>threads 2</c>, <c>kernel 6.1.0</c>, <c>governor performance</c>, in the order to print.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];
}
