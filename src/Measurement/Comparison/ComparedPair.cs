namespace Fleetmark.Measurement.Comparison;

/// <summary>Two cells to compare.</summary>
public sealed record ComparedPair
{
    /// <summary>Launches of the side that is compared with.</summary>
    public required IReadOnlyList<ComparedLaunch> Baseline { get; init; }

    /// <summary>Launches of the side that is judged.</summary>
    public required IReadOnlyList<ComparedLaunch> Candidate { get; init; }

    /// <summary>Margin d within which the two count as the same, as a share (<see cref="NoiseFloor.Margin"/>); between 0 and 1.</summary>
    public required double Margin { get; init; }

    /// <summary>What differs in the environments beside the declared factor, such as "driver", "VBIOS"; empty when the comparison is controlled.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];
}
