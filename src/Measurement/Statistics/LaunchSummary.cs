using Fleetmark.Measurement.Samples;
using Perfolizer.Mathematics.OutlierDetection;
using Perfolizer.Mathematics.ScaleEstimators;
using Pragmastat;

namespace Fleetmark.Measurement.Statistics;

/// <summary>
/// The statistics of a launch's samples, per call, in microseconds. A percentile that needs more samples than there are is null, never interpolated from too few;
/// where several calls make one sample it is a mean of them: then only the median says something of a call, so the other percentiles are null, and nothing is counted as
/// slow or as a mode. Least, greatest, mean and deviations are those of the samples.
/// </summary>
public sealed record LaunchSummary
{
    private const int TailCount = 20;
    private const int P99Count = 1000;
    private const int P999Count = 10_000;
    private const int QuartileCount = 4;
    private const double OutlierMads = 3;
    private const double NanosecondsPerMicrosecond = 1000;

    /// <summary>Number of samples.</summary>
    public required int Count { get; init; }

    /// <summary>Calls timed as one sample.</summary>
    public required int CallsPerSample { get; init; }

    /// <summary>Smallest sample.</summary>
    public required double MinUs { get; init; }

    /// <summary>5th percentile; from 20 samples.</summary>
    public required double? P5Us { get; init; }

    /// <summary>95 % interval of the 5th percentile; null with it.</summary>
    public required QuantileInterval? P5IntervalUs { get; init; }

    /// <summary>Median: the headline.</summary>
    public required double P50Us { get; init; }

    /// <summary>90th percentile; from 20 samples.</summary>
    public required double? P90Us { get; init; }

    /// <summary>95 % interval of the 90th percentile; null with it.</summary>
    public required QuantileInterval? P90IntervalUs { get; init; }

    /// <summary>95th percentile; from 20 samples.</summary>
    public required double? P95Us { get; init; }

    /// <summary>95 % interval of the 95th percentile; null with it.</summary>
    public required QuantileInterval? P95IntervalUs { get; init; }

    /// <summary>99th percentile; from 1,000 samples.</summary>
    public required double? P99Us { get; init; }

    /// <summary>95 % interval of the 99th percentile; null with it.</summary>
    public required QuantileInterval? P99IntervalUs { get; init; }

    /// <summary>What the 99th percentile is at most, with 99 % confidence; from 459 samples.</summary>
    public required double? P99BoundUs { get; init; }

    /// <summary>99.9th percentile; from 10,000 samples.</summary>
    public required double? P999Us { get; init; }

    /// <summary>95 % interval of the 99.9th percentile; null with it.</summary>
    public required QuantileInterval? P999IntervalUs { get; init; }

    /// <summary>What the 99.9th percentile is at most, with 99 % confidence; from 4,603 samples.</summary>
    public required double? P999BoundUs { get; init; }

    /// <summary>Largest sample.</summary>
    public required double MaxUs { get; init; }

    /// <summary>Arithmetic mean.</summary>
    public required double MeanUs { get; init; }

    /// <summary>Standard deviation; from 2 samples.</summary>
    public required double? SdUs { get; init; }

    /// <summary>Median absolute deviation from the median, not scaled.</summary>
    public required double MadUs { get; init; }

    /// <summary>Interquartile range; from 4 samples.</summary>
    public required double? IqrUs { get; init; }

    /// <summary>Half-width of the 95 % interval of the median, as a share of it; null below 30 samples.</summary>
    public required double? HalfWidthRel { get; init; }

    /// <summary>Medians of the contiguous blocks behind the interval; null with it.</summary>
    public required IReadOnlyList<double>? BlockP50Us { get; init; }

    /// <summary>Correlation of neighbouring samples; null when it is undefined.</summary>
    public required double? Lag1 { get; init; }

    /// <summary>Samples beyond 3 × DoubleMAD; counted, never dropped.</summary>
    public required int Outliers { get; init; }

    /// <summary>Share of the samples beyond 3 × DoubleMAD, 0 to 1.</summary>
    public double OutlierShare => (double)Outliers / Count;

    /// <summary>The ten slowest samples, slowest first.</summary>
    public required IReadOnlyList<WorstSample> Worst { get; init; }

    /// <summary>The two levels of a bimodal launch; null otherwise.</summary>
    public required Modes? Modes { get; init; }

    /// <summary>Probability of the block medians' order without any trend; null below 30 samples.</summary>
    public required double? TrendP { get; init; }

    /// <summary>Change of the median over the window along the Theil-Sen slope, as a share; null below 30 samples.</summary>
    public required double? TrendRel { get; init; }

    /// <summary>Completed images per second; null for a launch that measured no throughput.</summary>
    public double? RatePerS { get; init; }

    /// <summary>Computes everything from the samples.</summary>
    /// <param name="samples">At least one sample; the median above 0.</param>
    public static LaunchSummary From(SampleSet samples) => From(samples, isOneLoop: true);

    /// <summary>
    /// Computes what the calls of concurrent loops say of latency under load. Their samples stand loop after loop, so nothing that rests on their order is there: no block
    /// interval, no intervals of percentiles, no modes; the trend is that of the rate per second.
    /// </summary>
    /// <param name="samples">At least one sample; the median above 0.</param>
    /// <param name="rate">The throughput; null where several launches are pooled.</param>
    public static LaunchSummary UnderLoad(SampleSet samples, RateSummary? rate) =>
        From(samples, isOneLoop: false) with { RatePerS = rate?.PerS, TrendP = rate?.TrendP, TrendRel = rate?.TrendRel };

    private static LaunchSummary From(SampleSet samples, bool isOneLoop)
    {
        ArgumentNullException.ThrowIfNull(samples);
        long[] nanoseconds = [.. samples.Nanoseconds];
        ArgumentOutOfRangeException.ThrowIfLessThan(nanoseconds.Length, 1, nameof(samples));
        double unit = NanosecondsPerMicrosecond * samples.CallsPerSample;
        double[] values = Array.ConvertAll(nanoseconds, value => value / unit);
        var sample = new Sample(values);
        BlockInterval? interval = !isOneLoop ? null : BlockInterval.Of(nanoseconds, new long[nanoseconds.Length]);
        double[]? blocks = interval is null ? null : [.. interval.BlockMedians.Select(median => median / unit)];
        bool single = samples.CallsPerSample == 1;
        double median = Quantile(sample, 0.5);
        int n = values.Length;
        return new LaunchSummary
        {
            Count = n,
            CallsPerSample = samples.CallsPerSample,
            MinUs = sample.SortedValues[0],
            P5Us = single && n >= TailCount ? Quantile(sample, 0.05) : null,
            P5IntervalUs = single && n >= TailCount && isOneLoop ? QuantileInterval.Of(sample, 0.05) : null,
            P50Us = median,
            P90Us = single && n >= TailCount ? Quantile(sample, 0.90) : null,
            P90IntervalUs = single && n >= TailCount && isOneLoop ? QuantileInterval.Of(sample, 0.90) : null,
            P95Us = single && n >= TailCount ? Quantile(sample, 0.95) : null,
            P95IntervalUs = single && n >= TailCount && isOneLoop ? QuantileInterval.Of(sample, 0.95) : null,
            P99Us = single && n >= P99Count ? Quantile(sample, 0.99) : null,
            P99IntervalUs = single && n >= P99Count && isOneLoop ? QuantileInterval.Of(sample, 0.99) : null,
            P99BoundUs = single && isOneLoop ? TailBound.Of(sample.SortedValues, 0.99) : null,
            P999Us = single && n >= P999Count ? Quantile(sample, 0.999) : null,
            P999IntervalUs = single && n >= P999Count && isOneLoop ? QuantileInterval.Of(sample, 0.999) : null,
            P999BoundUs = single && isOneLoop ? TailBound.Of(sample.SortedValues, 0.999) : null,
            MaxUs = sample.SortedValues[^1],
            MeanUs = Spread.Mean(values),
            SdUs = n >= 2 ? Spread.StandardDeviation(values) : null,
            MadUs = Quantile(new Sample(Array.ConvertAll(values, value => Math.Abs(value - median))), 0.5),
            IqrUs = single && n >= QuartileCount ? Quantile(sample, 0.75) - Quantile(sample, 0.25) : null,
            HalfWidthRel = interval?.HalfWidth,
            BlockP50Us = blocks,
            Lag1 = isOneLoop ? Spread.Lag1(values) : null,
            Outliers = single ? CountOutliers(sample) : 0,
            Worst = single ? WorstSample.Of(values) : [],
            Modes = single && isOneLoop ? Modes.Find(sample) : null,
            TrendP = blocks is null ? null : MannKendall.PValue(blocks),
            TrendRel = blocks is null ? null : MannKendall.Slope(blocks) * (blocks.Length - 1) / median,
        };
    }

    private static double Quantile(Sample sample, double p) => Quantiles.Of(sample, p);

    private static int CountOutliers(Sample sample)
    {
        DoubleMadOutlierDetector detector = DoubleMadOutlierDetector.Create(sample, OutlierMads, MedianAbsoluteDeviationEstimator.Simple);
        return sample.Values.Count(detector.IsOutlier);
    }
}
