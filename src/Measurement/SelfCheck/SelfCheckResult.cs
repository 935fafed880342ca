using System.Globalization;
using System.Text.Json.Serialization;
using Fleetmark.Measurement.Bracketing;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.SelfCheck;

/// <summary>What the timing path adds to a call of one model. Ratios are the timed call over the same run through the function pointer of the runtime's C API.</summary>
public sealed record SelfCheckResult
{
    private const double IdleLow = 0.99;
    private const double IdleHigh = 1.01;

    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Median of a timed call in nanoseconds.</summary>
    public required double P50Ns { get; init; }

    /// <summary>Median ratio.</summary>
    public required double Ratio { get; init; }

    /// <summary>Lower end of its 95 % interval.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end.</summary>
    public required double High { get; init; }

    /// <summary>Bytes allocated per call; 0, or the path is wrong.</summary>
    public required double BytesPerCall { get; init; }

    /// <summary>Garbage collections during the blocks; 0, or the path is wrong.</summary>
    public required int Collections { get; init; }

    /// <summary>Lower end of the 95 % interval of control over control.</summary>
    public required double AaLow { get; init; }

    /// <summary>Upper end.</summary>
    public required double AaHigh { get; init; }

    /// <summary>The greatest ratio that passes.</summary>
    public required double Limit { get; init; }

    /// <summary>How it came out.</summary>
    public required SelfCheckVerdict Verdict { get; init; }

    /// <summary>Why it did not pass, for people; empty when it did.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether control over control touches 1 within 1 %; else nothing can be said.</summary>
    [JsonIgnore]
    public bool IsQuiet => AaLow <= IdleHigh && AaHigh >= IdleLow;

    /// <summary>False when the numbers cannot have been measured.</summary>
    internal bool MakesSense => new[] { P50Ns, Ratio, Low, High, AaLow, AaHigh, Limit }.All(value => value > 0 && double.IsFinite(value));

    /// <summary>Judges the blocks of one model.</summary>
    /// <param name="model">Its name.</param>
    /// <param name="limit">The greatest ratio that passes.</param>
    /// <param name="series">The blocks.</param>
    public static SelfCheckResult Of(string model, double limit, BlockSeries series)
    {
        BracketedRatio ratio = BracketedRatio.Of(series);
        (SelfCheckVerdict verdict, string reason) = Judge(limit, series, ratio);
        return new SelfCheckResult
        {
            Model = model,
            P50Ns = ratio.TestedNs,
            Ratio = ratio.Tested.Median,
            Low = ratio.Tested.Low,
            High = ratio.Tested.High,
            BytesPerCall = (double)series.AllocatedBytes / TestedCalls(series),
            Collections = series.Collections,
            AaLow = ratio.Idle.Low,
            AaHigh = ratio.Idle.High,
            Limit = limit,
            Verdict = verdict,
            Reason = reason,
        };
    }

    private static (SelfCheckVerdict Verdict, string Reason) Judge(double limit, BlockSeries series, BracketedRatio ratio)
    {
        // Counters do not depend on the machine's mood.
        if (series.AllocatedBytes > 0) return (SelfCheckVerdict.Failed, Text($"the timed calls allocated {series.AllocatedBytes} bytes"));
        if (series.Collections > 0) return (SelfCheckVerdict.Failed, Text($"{series.Collections} garbage collections came between the timed calls"));
        if (ratio.Idle.Low > IdleHigh || ratio.Idle.High < IdleLow)
            return (SelfCheckVerdict.NotMeasurable, Text($"the same call against itself gives {Interval(ratio.Idle)}, which does not touch {IdleLow} to {IdleHigh}"));
        if (ratio.Tested.High <= limit) return (SelfCheckVerdict.Passed, "");
        return ratio.Tested.Low > limit
            ? (SelfCheckVerdict.Failed, Text($"the ratio is {Interval(ratio.Tested)}, at most {limit} is allowed"))
            : (SelfCheckVerdict.NotMeasurable, Text($"the interval {Interval(ratio.Tested)} holds the limit {limit}"));
    }

    private static long TestedCalls(BlockSeries series) => (long)series.IsTested.Count(isTested => isTested) * series.CallsPerBlock;

    private static string Interval(MedianInterval interval) => Text($"{interval.Low:0.0000} to {interval.High:0.0000}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
