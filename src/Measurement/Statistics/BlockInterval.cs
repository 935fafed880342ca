namespace Fleetmark.Measurement.Statistics;

/// <summary>
/// The 95 % interval of a median from the medians of contiguous blocks. Neighbouring calls are alike, which intervals that take them for independent do not see:
/// under AR(1) correlation of 0.8 those hold the true median in about half of the windows, this one in more than nine of ten from 200 samples on.
/// </summary>
public sealed record BlockInterval
{
    /// <summary>Fewest samples that have an interval.</summary>
    public const int MinimumCount = 30;

    private const int ManyBlocks = 20;
    private const int FewBlocks = 10;

    // Blocks of fewer than twenty calls are too alike where neighbours are (decision 0006).
    private const int ManyFrom = 400;

    private BlockInterval(double median, double halfWidth, double standardError, double[] blockMedians)
    {
        Median = median;
        HalfWidth = halfWidth;
        StandardError = standardError;
        BlockMedians = blockMedians;
    }

    /// <summary>Median of all samples, in their unit.</summary>
    public double Median { get; }

    /// <summary>Half-width, as a share of the median.</summary>
    public double HalfWidth { get; }

    /// <summary>Standard error of the median, as a share of it.</summary>
    public double StandardError { get; }

    /// <summary>The medians of the blocks in their order.</summary>
    public IReadOnlyList<double> BlockMedians { get; }

    /// <summary>Number of blocks for <paramref name="count"/> samples: 20 from 400, 10 from 30, else 0.</summary>
    public static int Blocks(int count) => count >= ManyFrom ? ManyBlocks : count >= MinimumCount ? FewBlocks : 0;

    /// <summary>The interval; null below <see cref="MinimumCount"/> samples or when the median is 0.</summary>
    /// <param name="samples">Samples in the order they were taken.</param>
    /// <param name="scratch">Room to sort in; at least as long.</param>
    public static BlockInterval? Of(ReadOnlySpan<long> samples, Span<long> scratch)
    {
        int blocks = Blocks(samples.Length);
        if (blocks == 0) return null;
        double[] medians = new double[blocks];
        for (int b = 0; b < blocks; b++)
        {
            int begin = (int)((long)samples.Length * b / blocks);
            int end = (int)((long)samples.Length * (b + 1) / blocks);
            medians[b] = MedianOf(samples[begin..end], scratch);
        }

        double median = MedianOf(samples, scratch);
        if (median == 0) return null;
        double error = Spread.StandardDeviation(medians) / Math.Sqrt(blocks) / median;
        return new BlockInterval(median, StudentT.TwoSided95(blocks - 1) * error, error, medians);
    }

    /// <summary>Standard error behind a half-width of <paramref name="count"/> samples, as a share of the median.</summary>
    public static double StandardErrorOf(double halfWidth, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, MinimumCount);
        return halfWidth / StudentT.TwoSided95(Blocks(count) - 1);
    }

    /// <summary>Median of samples that are not sorted; the mean of the two in the middle of an even number.</summary>
    /// <param name="samples">At least one sample.</param>
    /// <param name="scratch">Room to sort in; at least as long.</param>
    public static double MedianOf(ReadOnlySpan<long> samples, Span<long> scratch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples.Length, 1, nameof(samples));
        Span<long> sorted = scratch[..samples.Length];
        samples.CopyTo(sorted);
        sorted.Sort();
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }
}
