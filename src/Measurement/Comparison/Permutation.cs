namespace Fleetmark.Measurement.Comparison;

/// <summary>
/// The exact permutation test of a difference of means (E. J. G. Pitman, 1937): if the sides do not differ, each division of the launches into two sides was as likely as
/// the one that happened. Nothing is assumed of the launches' distribution, and with few launches the smallest possible probability says how little they can prove.
/// </summary>
internal static class Permutation
{
    // Sums of the same numbers in another order differ in their last digits.
    private const double Tolerance = 1e-9;

    /// <summary>Two-sided probability of a difference at least as large; counts every division of all launches, so one side must be small.</summary>
    internal static double P(ReadOnlySpan<double> baseline, ReadOnlySpan<double> candidate)
    {
        // Centred, so that the sum of all is 0 and the sum of one side tells the difference of the means.
        double[] all = [.. baseline, .. candidate];
        double mean = all.Average();
        for (int i = 0; i < all.Length; i++) all[i] -= mean;
        bool baselineIsSmaller = baseline.Length <= candidate.Length;
        int chosen = Math.Min(baseline.Length, candidate.Length);
        double observed = Math.Abs(baselineIsSmaller ? all[..baseline.Length].Sum() : all[baseline.Length..].Sum());
        double scale = all.Max(Math.Abs);
        long extreme = CountExtreme(all, 0, chosen, 0, observed - (Tolerance * scale));
        return extreme / Divisions(baseline.Length, candidate.Length);
    }

    /// <summary>Number of divisions of the launches into two sides of these sizes.</summary>
    internal static double Divisions(int first, int second)
    {
        double divisions = 1;
        for (int i = 1; i <= Math.Min(first, second); i++) divisions = divisions * (Math.Max(first, second) + i) / i;
        return Math.Round(divisions);
    }

    /// <summary>The smallest probability that sides of these sizes can reach: 2 divisions when the sides can swap, else 1.</summary>
    internal static double SmallestP(int first, int second) => Math.Min(1, (first == second ? 2 : 1) / Divisions(first, second));

    private static long CountExtreme(double[] values, int from, int left, double sum, double limit)
    {
        if (left == 0) return Math.Abs(sum) >= limit ? 1 : 0;
        long count = 0;
        for (int i = from; i <= values.Length - left; i++) count += CountExtreme(values, i + 1, left - 1, sum + values[i], limit);
        return count;
    }
}
