namespace Fleetmark.Measurement.Launches;

/// <summary>How far the outputs of a converted model are from those of its original, on the same seeded inputs and the same device.</summary>
public sealed record PrecisionCheck
{
    /// <summary>Inputs that are compared.</summary>
    public const int SeededInputs = 64;

    /// <summary>Seed of the first of them; the next has the next number.</summary>
    public const long Seed = 20210614;

    /// <summary>Smallest share of inputs that must agree.</summary>
    public const double LeastAgreement = 0.999;

    /// <summary>Inputs compared.</summary>
    public required int Inputs { get; init; }

    /// <summary>Inputs whose largest output stands at the same index.</summary>
    public required int Top1Agreements { get; init; }

    /// <summary>
    /// Further inputs whose largest outputs stand at two indices between which FP16 cannot choose: in the original the two values are at most one step of FP16 apart.
    /// </summary>
    public int Ties { get; init; }

    /// <summary>Largest absolute difference of any output value; of outputs that are not finite those that are.</summary>
    public required double MaxAbsDifference { get; init; }

    /// <summary>Smallest cosine between the two output vectors of an input, -1 to 1; 0 when one of them is not finite.</summary>
    public required double MinCosine { get; init; }

    /// <summary>False when an output of the converted model held an infinity or no number.</summary>
    public required bool Finite { get; init; }

    /// <summary>The first value inside the converted graph that overflowed, in words such as <c>tensor 'conv5' of node 'conv5' (Conv)</c>; null when all were finite.</summary>
    public string? FirstOverflow { get; init; }

    /// <summary>Nodes that must stay in FP32 besides, so that the models agree; null when they do as they are.</summary>
    public IReadOnlyList<string>? Keep { get; init; }

    /// <summary>True when the converted model may stand for its original.</summary>
    public bool Agrees() => Finite && FirstOverflow is null && Top1Agreements + Ties >= LeastAgreement * Inputs;
}
