namespace Fleetmark.Measurement.Launches;

/// <summary>What a conversion to FP16 did to a model.</summary>
public sealed record ConversionReport
{
    /// <summary>Names that are listed at most.</summary>
    public const int ListedNodes = 100;

    /// <summary>Version of the conversion.</summary>
    public required int Converter { get; init; }

    /// <summary>True when there was nothing to convert, such as in a model that is in FP16 already: the file is its source.</summary>
    public bool Unchanged { get; init; }

    /// <summary>Constants that are FP16 now.</summary>
    public int Tensors { get; init; }

    /// <summary>Values of these constants.</summary>
    public long Values { get; init; }

    /// <summary>Finite values beyond the range of FP16, which became ±65504.</summary>
    public long Saturated { get; init; }

    /// <summary>Values too small for FP16, which became zero.</summary>
    public long Flushed { get; init; }

    /// <summary>Values that are subnormal in FP16.</summary>
    public long Subnormal { get; init; }

    /// <summary>Batch normalisations that were folded into the convolution before them.</summary>
    public int Folded { get; init; }

    /// <summary>Cast nodes of the converted graph.</summary>
    public int Casts { get; init; }

    /// <summary>Number of nodes that compute in FP16.</summary>
    public int HalfNodes { get; init; }

    /// <summary>Number of nodes that stay in FP32 although they compute with fractions.</summary>
    public int KeptNodes { get; init; }

    /// <summary>Names of the first <see cref="ListedNodes"/> of them.</summary>
    public IReadOnlyList<string> Kept { get; init => field = value ?? []; } = [];
}
