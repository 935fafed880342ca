namespace Fleetmark.Measurement.Regressions;

/// <summary>
/// A new point against its segment. A suspicion costs a re-measurement of ten launches on the same card, an alert costs people's trust: so this rule may be wrong now and
/// then, and only what it finds twice is told (<see cref="IsConfirmedBy"/>).
/// </summary>
/// <param name="Finding">What it looks like.</param>
/// <param name="LogChange">The point minus the mean of its segment's newest points; positive is slower. Null without a comparison.</param>
/// <param name="Limit">What the change would have to reach; null without a comparison.</param>
public sealed record PointCheck(PointFinding Finding, double? LogChange, double? Limit)
{
    /// <summary>The smallest change that is worth an alert.</summary>
    internal const double SmallestChange = 0.02;

    private const int Newest = 10;
    private const int PointsFrom = 3;
    private const double Deviations = 3;

    /// <summary>
    /// Suspicious when the point is at least 3 · √(between-run variance + own variance) and at least max(<paramref name="floor"/>, 2 %) from the mean of the segment's newest ten
    /// points. The between-run variance is that of these points.
    /// </summary>
    /// <param name="segment">The segment's points, oldest first (<see cref="SeriesBreaks.Current"/>).</param>
    /// <param name="point">The new point.</param>
    /// <param name="floor">Noise floor of the device, as a log ratio.</param>
    public static PointCheck Of(IReadOnlyList<SeriesPoint> segment, SeriesPoint point, double floor)
    {
        ArgumentNullException.ThrowIfNull(segment);
        ArgumentNullException.ThrowIfNull(point);
        if (segment.Count > 0 && segment[^1].Conditions != point.Conditions) return new PointCheck(PointFinding.NewConditions, null, null);
        if (segment.Count < PointsFrom) return new PointCheck(PointFinding.TooFewPoints, null, null);
        double[] newest = [.. segment.TakeLast(Newest).Select(p => p.Log)];
        double mean = newest.Average();
        double between = newest.Sum(log => (log - mean) * (log - mean)) / (newest.Length - 1);
        double change = point.Log - mean;
        double limit = Math.Max(Deviations * Math.Sqrt(between + (point.Variance ?? 0)), Math.Max(floor, SmallestChange));
        return new PointCheck(Math.Abs(change) >= limit ? PointFinding.Suspicious : PointFinding.Expected, change, limit);
    }

    /// <summary>True when the re-measurement is suspicious in the same direction; false: not reproduced.</summary>
    /// <param name="again">The check of the re-measured point against the same segment.</param>
    public bool IsConfirmedBy(PointCheck again)
    {
        ArgumentNullException.ThrowIfNull(again);
        return Finding == PointFinding.Suspicious && again.Finding == PointFinding.Suspicious && Math.Sign(LogChange!.Value) == Math.Sign(again.LogChange!.Value);
    }
}
