using Fleetmark.Measurement.Samples;

namespace Fleetmark.Measurement.Statistics;

/// <summary>The throughput of a launch: how many images its concurrent loops completed per second, over the window and second by second.</summary>
public sealed record RateSummary
{
    private const double NanosecondsPerSecond = 1e9;
    private const int FewestSeconds = 3;

    /// <summary>Images of the calls that began and ended in the window, per second of it.</summary>
    public required double PerS { get; init; }

    /// <summary>Images per second in each whole second of the window. A call counts for a second by the share of it that lies there; what no counted call covers is left out.</summary>
    public required IReadOnlyList<double> EachS { get; init; }

    /// <summary>Probability of the seconds' order without any trend; null below three.</summary>
    public required double? TrendP { get; init; }

    /// <summary>Change of the rate over the window along the Theil-Sen slope, as a share; null below three seconds.</summary>
    public required double? TrendRel { get; init; }

    /// <summary>Computes it from the samples.</summary>
    /// <param name="samples">The samples, loop after loop (<see cref="SampleSet.Streams"/>).</param>
    /// <param name="batch">Images per call.</param>
    /// <param name="windowStart">Begin of the window in <c>CLOCK_MONOTONIC</c> nanoseconds.</param>
    /// <param name="windowEnd">Its end, after the begin.</param>
    /// <param name="begins">Begin of the first sample of each loop; null where the worker does not tell, then all begin with the window.</param>
    public static RateSummary Of(SampleSet samples, int batch, long windowStart, long windowEnd, IReadOnlyList<long>? begins)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(windowEnd, windowStart);
        double perSample = (double)batch * samples.CallsPerSample;
        IReadOnlyList<double> each = Seconds(samples, perSample, windowStart, windowEnd, begins);
        double[] ordered = [.. each];
        bool tells = ordered.Length >= FewestSeconds && Spread.Median(ordered) > 0;
        return new RateSummary
        {
            PerS = samples.Nanoseconds.Count * perSample / ((windowEnd - windowStart) / NanosecondsPerSecond),
            EachS = each,
            TrendP = tells ? MannKendall.PValue(ordered) : null,
            TrendRel = tells ? MannKendall.Slope(ordered) * (ordered.Length - 1) / Spread.Median(ordered) : null,
        };
    }

    private static List<double> Seconds(SampleSet samples, double perSample, long windowStart, long windowEnd, IReadOnlyList<long>? begins)
    {
        int[] streams = samples.Streams.Count == 0 ? [samples.Nanoseconds.Count] : [.. samples.Streams];
        int seconds = (int)((windowEnd - windowStart) / (long)NanosecondsPerSecond);
        double[] images = new double[seconds], covered = new double[seconds];
        int next = 0;
        for (int stream = 0; stream < streams.Length; stream++)
        {
            double at = begins is not null && stream < begins.Count ? Math.Clamp(begins[stream] - windowStart, 0, windowEnd - windowStart) : 0;
            for (int end = next + streams[stream]; next < end; next++)
            {
                double length = samples.Nanoseconds[next];
                Spend(images, covered, at, length, perSample);
                at += length;
            }
        }

        var rates = new List<double>(seconds);
        for (int second = 0; second < seconds; second++)
            if (covered[second] > 0) rates.Add(images[second] / covered[second] * NanosecondsPerSecond * streams.Length);
        return rates;
    }

    /// <summary>Adds a sample to the seconds it lies in.</summary>
    private static void Spend(double[] images, double[] covered, double at, double length, double perSample)
    {
        for (int second = (int)(at / NanosecondsPerSecond); second < covered.Length && second * NanosecondsPerSecond < at + length; second++)
        {
            double share = Math.Min(at + length, (second + 1) * NanosecondsPerSecond) - Math.Max(at, second * NanosecondsPerSecond);
            if (share <= 0) continue;
            covered[second] += share;
            images[second] += perSample * share / length;
        }
    }
}
