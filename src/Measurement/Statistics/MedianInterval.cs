namespace Fleetmark.Measurement.Statistics;

/// <summary>A median and the narrowest pair of order statistics, symmetric in rank, that holds the median of the population with at least 95 %, whatever its shape.</summary>
/// <param name="Median">The median.</param>
/// <param name="Low">Lower order statistic.</param>
/// <param name="High">Upper order statistic.</param>
public sealed record MedianInterval(double Median, double Low, double High)
{
    /// <summary>Fewest values that have such an interval.</summary>
    public const int MinimumCount = 6;

    /// <summary>Most values: beyond them the probability of no heads at all is no number any more.</summary>
    public const int MaximumCount = 1000;

    private const double Missed = 0.05;

    /// <summary>Whether so many values have an interval.</summary>
    public static bool Holds(int count) => count is >= MinimumCount and <= MaximumCount;

    /// <summary>The interval of independent values.</summary>
    /// <param name="values">In any order; at least <see cref="MinimumCount"/> and at most <see cref="MaximumCount"/>.</param>
    public static MedianInterval Of(ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, MinimumCount, nameof(values));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(values.Length, MaximumCount, nameof(values));
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        int low = Rank(sorted.Length);
        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new MedianInterval(median, sorted[low], sorted[^(low + 1)]);
    }

    /// <summary>
    /// Rank of the lower end, from 0. A value lies below the population's median like a coin shows heads: the interval misses the median when at most so many do, or when
    /// at most so many lie above it.
    /// </summary>
    private static int Rank(int count)
    {
        int heads = 0;
        double probability = Math.Pow(0.5, count);
        for (double atMost = probability; 2 * atMost <= Missed; atMost += probability)
        {
            probability *= (double)(count - heads) / (heads + 1);
            heads++;
        }

        return heads - 1;
    }
}
