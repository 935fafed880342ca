namespace Fleetmark.Measurement.Comparison;

/// <summary>How many times as fast the candidate is: the baseline's time over the candidate's.</summary>
/// <param name="Value">The speed-up; above 1 the candidate is faster.</param>
/// <param name="Interval95">Its 95 % interval; null when the comparison has none.</param>
public sealed record SpeedUp(double Value, RatioInterval? Interval95)
{
    /// <summary>The speed-up of a comparison; null when a side has no launch.</summary>
    public static SpeedUp? Of(RatioEstimate times)
    {
        ArgumentNullException.ThrowIfNull(times);
        return times.Ratio is { } ratio ? new SpeedUp(1 / ratio, times.Interval95 is { } interval ? new RatioInterval(1 / interval.High, 1 / interval.Low) : null) : null;
    }

    /// <summary>The speed-up per image, when the sides differ in their batch: of the time of a call divided by its images.</summary>
    /// <param name="baselineBatch">Images of a call of the baseline; at least 1.</param>
    /// <param name="candidateBatch">Images of a call of the candidate; at least 1.</param>
    public SpeedUp PerImage(int baselineBatch, int candidateBatch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(baselineBatch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidateBatch, 1);
        double images = (double)candidateBatch / baselineBatch;
        return new SpeedUp(Value * images, Interval95 is { } interval ? new RatioInterval(interval.Low * images, interval.High * images) : null);
    }
}
