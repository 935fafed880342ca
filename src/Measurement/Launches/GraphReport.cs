namespace Fleetmark.Measurement.Launches;

/// <summary>A graph after the runtime's own optimisations, as it ran.</summary>
public sealed record GraphReport
{
    /// <summary>SHA-256 of the optimised graph, 64 hexadecimal digits: of its nodes with operator, provider and types in the order they ran.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Number of nodes by operator.</summary>
    public required IReadOnlyDictionary<string, int> Ops { get; init; }

    /// <summary>Number of nodes by execution provider.</summary>
    public IReadOnlyDictionary<string, int>? NodesByProvider { get; init; }

    /// <summary>
    /// Number of nodes that carry the arithmetic (Conv, Gemm, MatMul and what the runtime fused from them) by the type of their first input, such as <c>float16</c>.
    /// </summary>
    public required IReadOnlyDictionary<string, int> InputTypes { get; init; }
}
