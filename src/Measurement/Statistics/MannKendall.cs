namespace Fleetmark.Measurement.Statistics;

/// <summary>
/// The Mann-Kendall test for a trend with its exact distribution (H. B. Mann, Nonparametric tests against trend, 1945): no assumption on the shape of the noise, and
/// right for the handful of windows a warm-up has. Ties count as no step, which makes the test more careful.
/// </summary>
public static class MannKendall
{
    /// <summary>The statistic S: rising pairs minus falling pairs, each pair in its order.</summary>
    public static int Statistic(ReadOnlySpan<double> values)
    {
        int s = 0;
        for (int i = 0; i < values.Length; i++)
            for (int j = i + 1; j < values.Length; j++)
                s += Math.Sign(values[j] - values[i]);
        return s;
    }

    /// <summary>Probability, without any trend, of a statistic at least as far from 0 (two-sided).</summary>
    /// <param name="statistic">S.</param>
    /// <param name="count">Number of values, 0 to 64.</param>
    public static double PValue(int statistic, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 64);
        int pairs = count * (count - 1) / 2;
        // S = pairs - 2 × inversions, and inversions of a random order are a sum of independent uniform variables: one convolution each.
        double[] inversions = new double[pairs + 1];
        inversions[0] = 1;
        for (int m = 2; m <= count; m++) Convolve(inversions, m);
        int threshold = Math.Abs(statistic);
        double p = 0;
        for (int k = 0; k <= pairs; k++)
            if (Math.Abs(pairs - (2 * k)) >= threshold) p += inversions[k];
        return Math.Min(1, p);
    }

    /// <summary>Two-sided probability for the trend of <paramref name="values"/>.</summary>
    public static double PValue(ReadOnlySpan<double> values) => PValue(Statistic(values), values.Length);

    /// <summary>The Theil-Sen slope: the median of the slopes of all pairs, in units of the values per step.</summary>
    public static double Slope(ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, 2, nameof(values));
        var slopes = new List<double>(values.Length * (values.Length - 1) / 2);
        for (int i = 0; i < values.Length; i++)
            for (int j = i + 1; j < values.Length; j++)
                slopes.Add((values[j] - values[i]) / (j - i));
        return Spread.Median(slopes);
    }

    /// <summary>Adds a variable that is uniform on 0 … m - 1.</summary>
    private static void Convolve(double[] distribution, int m)
    {
        double[] before = [.. distribution];
        double window = 0;
        for (int k = 0; k < distribution.Length; k++)
        {
            window += before[k];
            if (k >= m) window -= before[k - m];
            distribution[k] = Math.Max(0, window) / m;
        }
    }
}
