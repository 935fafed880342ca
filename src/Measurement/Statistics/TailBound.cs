namespace Fleetmark.Measurement.Statistics;

/// <summary>
/// What a percentile is at most, with 99 % confidence and without any assumption on the shape of the times: the number of samples below the true percentile is binomial,
/// so some order statistic lies above it in 99 of 100 windows (W. J. Conover, Practical Nonparametric Statistics, section 3.2).
/// </summary>
public static class TailBound
{
    private const double Risk = 0.01;

    /// <summary>
    /// Rank of the sample that is the bound, 1 for the smallest; null when even the largest of so few samples lies below the percentile too often. The smallest numbers of
    /// samples with a rank are 459 for the 99th percentile and 4,603 for the 99.9th.
    /// </summary>
    /// <param name="count">Number of samples.</param>
    /// <param name="probability">The percentile as a share, between 0 and 1.</param>
    public static int? Rank(int count, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        // The number of samples above the percentile is binomial with 1 - p. The largest `above` whose probability of so few stays within the risk gives the smallest rank.
        // Terms are carried as logarithms: p^count is below the smallest double for a few hundred thousand samples.
        double odds = Math.Log((1 - probability) / probability);
        double logTerm = count * Math.Log(probability);
        double atMost = Math.Exp(logTerm);
        int above = -1;
        while (above + 1 < count && atMost <= Risk)
        {
            above++;
            logTerm += odds + Math.Log((count - above) / (above + 1.0));
            atMost += Math.Exp(logTerm);
        }

        return above < 0 ? null : count - above;
    }

    /// <summary>The bound; null when there are too few samples.</summary>
    /// <param name="sorted">Samples in rising order.</param>
    /// <param name="probability">The percentile as a share, between 0 and 1.</param>
    public static double? Of(IReadOnlyList<double> sorted, double probability)
    {
        ArgumentNullException.ThrowIfNull(sorted);
        return Rank(sorted.Count, probability) is { } rank ? sorted[rank - 1] : null;
    }
}
