namespace Fleetmark.Measurement.Comparison;

/// <summary>A compared pair with what is said of it.</summary>
public sealed record PairVerdict
{
    /// <summary>Ratio, intervals, probability and method.</summary>
    public required RatioEstimate Times { get; init; }

    /// <summary>The same of the cycles (time × clock); null when a clock is unknown.</summary>
    public required RatioEstimate? Cycles { get; init; }

    /// <summary>Probability adjusted for all comparisons of the list; null when the pair was not tested.</summary>
    public required double? AdjustedP { get; init; }

    /// <summary>Margin d, as a share.</summary>
    public required double Margin { get; init; }

    /// <summary>What the comparison says.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>
    /// For an ambiguous pair, how many further launches of each side would decide it in at least four of five cases, if the ratio and the spread stay as they look now; null when it
    /// is decided, when the launches cannot tell, or when 100 would not be enough (then <see cref="Notes"/> say so).
    /// </summary>
    public required int? FurtherLaunches { get; init; }

    /// <summary>True when nothing but the declared factor differs.</summary>
    public required bool IsControlled { get; init; }

    /// <summary>Short words for people, in a fixed order.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
