using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Comparison;

/// <summary>How many more launches would end an ambiguous comparison.</summary>
internal static class FurtherLaunches
{
    /// <summary>More are not proposed.</summary>
    internal const int Most = 100;

    private const int WelchFrom = 5;
    private const double Power = 0.8;
    private const double EquivalenceLevel = 0.95;

    /// <summary>
    /// Further launches of each side, if the ratio and the spread stay as they look now; null when <see cref="Most"/> would not be enough. While a side has too few launches
    /// to show any spread, what is missing to five of both.
    /// </summary>
    /// <param name="estimate">The comparison; both sides have launches.</param>
    /// <param name="significance">Probability at which the pair would be called different, given the others of its list.</param>
    /// <param name="margin">Margin d.</param>
    internal static int? Of(RatioEstimate estimate, double significance, double margin)
    {
        (int before, int after) = (estimate.BaselineLaunches, estimate.CandidateLaunches);
        if (estimate.Difference is not { } difference) return Math.Max(1, WelchFrom - Math.Min(before, after));
        for (int further = 1; further <= Most; further++)
            if (Decides(estimate.Method, difference, before, after, further, significance, margin)) return further;
        return null;
    }

    private static bool Decides(RatioMethod method, LogDifference now, int before, int after, int further, double significance, double margin)
    {
        (double error, double degrees) = LogDifference.WelchError(now.BaselineSd, before + further, now.CandidateSd, after + further);
        if (method == RatioMethod.CardModel) degrees = now.DegreesOfFreedom + (2 * further);
        double distance = Math.Abs(now.Estimate);
        double beyond = StudentT.Quantile(Power, degrees);
        if (Math.Abs(Math.Exp(now.Estimate) - 1) < margin)
        {
            double room = now.Estimate > 0 ? Math.Log(1 + margin) - distance : -Math.Log(1 - margin) - distance;
            return Math.Min(before, after) + further >= VerdictRule.SameFrom && (StudentT.Quantile(EquivalenceLevel, degrees) + beyond) * error < room;
        }

        bool canReach = method == RatioMethod.CardModel || Math.Min(before, after) + further >= WelchFrom
            || Permutation.SmallestP(before + further, after + further) <= significance;
        return canReach && (StudentT.Quantile(1 - (significance / 2), degrees) + beyond) * error <= distance;
    }
}
