namespace Fleetmark.Models.Precision;

/// <summary>What a conversion to FP16 did to a model.</summary>
public sealed record Conversion
{
    /// <summary>True when the graph had nothing to convert, such as one that is in FP16 already: the file is the source, byte for byte.</summary>
    public required bool IsUnchanged { get; init; }

    /// <summary>Constants that are FP16 now, in the whole model.</summary>
    public required int Tensors { get; init; }

    /// <summary>Values of these constants.</summary>
    public required long Values { get; init; }

    /// <summary>Finite values beyond the range of FP16, which became ±65504.</summary>
    public required long Saturated { get; init; }

    /// <summary>Values too small for FP16, which became zero.</summary>
    public required long Flushed { get; init; }

    /// <summary>Values that are subnormal in FP16 and lost precision with it.</summary>
    public required long Subnormal { get; init; }

    /// <summary>BatchNormalization nodes that were folded into the convolution before them.</summary>
    public required int Folded { get; init; }

    /// <summary>Cast nodes of the converted graph, those at its edges included.</summary>
    public required int Casts { get; init; }

    /// <summary>Names of the nodes that compute in FP16, in topological order, those of nested graphs before their owner.</summary>
    public required IReadOnlyList<string> HalfNodes { get; init; }

    /// <summary>Names of the nodes that stay in FP32 although they compute with fractions, in the same order: by rule, or because the caller asked for it.</summary>
    public required IReadOnlyList<string> KeptNodes { get; init; }
}
