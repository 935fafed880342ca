namespace Fleetmark.Measurement.Comparison;

/// <summary>From numbers to a word, for one pair.</summary>
internal static class VerdictRule
{
    /// <summary>Probability up to which a pair is called different.</summary>
    internal const double Significance = 0.05;

    /// <summary>Fewest launches of a side from which <see cref="Verdict.Same"/> is said: two that agree by chance must not prove anything.</summary>
    internal const int SameFrom = 3;

    /// <summary>Fewest launches of a side from which a rank is said: one launch may be an odd one, however many the other side has.</summary>
    internal const int RankFrom = 2;

    /// <summary>The word.</summary>
    /// <param name="times">Comparison of the times.</param>
    /// <param name="adjustedP">Its probability, adjusted for the list.</param>
    /// <param name="cycles">Comparison of the cycles; null when a clock is unknown.</param>
    /// <param name="adjustedCyclesP">Its probability, adjusted for the list.</param>
    /// <param name="margin">Margin d.</param>
    internal static Verdict Of(RatioEstimate times, double? adjustedP, RatioEstimate? cycles, double? adjustedCyclesP, double margin)
    {
        if (times is not { Ratio: { } ratio, HasCommonCard: true }) return Verdict.Ambiguous;
        int launches = Math.Min(times.BaselineLaunches, times.CandidateLaunches);
        if (adjustedP <= Significance && Math.Abs(ratio - 1) >= margin && launches >= RankFrom)
        {
            bool sameCycles = cycles?.Ratio is { } inCycles && Math.Abs(inCycles - 1) < margin && adjustedCyclesP > Significance;
            return sameCycles ? Verdict.ClockDifference : ratio < 1 ? Verdict.Faster : Verdict.Slower;
        }

        return launches >= SameFrom && times.Interval90 is { } interval && interval.Low > 1 - margin && interval.High < 1 + margin ? Verdict.Same : Verdict.Ambiguous;
    }
}
