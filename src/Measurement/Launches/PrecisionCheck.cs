namespace Fleetmark.Measurement.Launches;

/// <summary>How far the outputs of a converted model are from those of its original, on the same seeded inputs and the same device.</summary>
public sealed record PrecisionCheck
{
    /// <summary>Inputs compared.</summary>
    public required int Inputs { get; init; }

    /// <summary>Inputs whose largest output stands at the same index.</summary>
    public required int Top1Agreements { get; init; }

    /// <summary>Largest absolute difference of any output value.</summary>
    public required double MaxAbsDifference { get; init; }

    /// <summary>Smallest cosine between the two output vectors of an input, -1 to 1.</summary>
    public required double MinCosine { get; init; }

    /// <summary>False when an output of the converted model held an infinity or no number.</summary>
    public required bool Finite { get; init; }

    /// <summary>Name of the first value inside the converted graph that overflowed; null when all were finite.</summary>
    public string? FirstOverflow { get; init; }
}
