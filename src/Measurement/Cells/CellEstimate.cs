using System.Globalization;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Cells;

/// <summary>
/// What the launches of a cell say together. The unit of replication is the launch: samples of one process are alike in a way that pooling cannot see, so the
/// interval comes from the launches' own numbers alone: their medians for latency, their rates for throughput.
/// </summary>
public sealed record CellEstimate
{
    private const double ValidShare = 0.6;
    private const double SpreadOverError = 3;

    /// <summary>What the cell is worth.</summary>
    public required MeasurementState State { get; init; }

    /// <summary>Median of the launches' numbers, in their unit; null when no launch has one.</summary>
    public required double? Value { get; init; }

    /// <summary>Lower end of the 95 % interval; null below two launches.</summary>
    public required double? Low { get; init; }

    /// <summary>Upper end of the 95 % interval; null below two launches.</summary>
    public required double? High { get; init; }

    /// <summary>Half of the interval on the log scale, which is a share for small values; null below two launches.</summary>
    public required double? HalfWidthRel { get; init; }

    /// <summary>Launches behind the numbers.</summary>
    public required int Counted { get; init; }

    /// <summary>Launches started.</summary>
    public required int Started { get; init; }

    /// <summary>Standard error of a launch's own median, pooled over the launches, as a share; null when none has an interval.</summary>
    public required double? WithinSd { get; init; }

    /// <summary>Standard deviation of the logarithms of the launches' numbers; null below two launches.</summary>
    public required double? BetweenSd { get; init; }

    /// <summary>Short words for people, in a fixed order.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Estimates a cell.</summary>
    /// <param name="launches">One entry for each repetition that was started, with the attempt that was accepted; at least one.</param>
    /// <param name="effort">Limits of the effort.</param>
    public static CellEstimate From(IReadOnlyList<CellLaunch> launches, EffortSettings effort)
    {
        ArgumentNullException.ThrowIfNull(launches);
        ArgumentNullException.ThrowIfNull(effort);
        ArgumentOutOfRangeException.ThrowIfLessThan(launches.Count, 1, nameof(launches));
        CellLaunch[] counted = Counting(launches);
        double[] logs = [.. counted.Select(launch => Math.Log(launch.Value!.Value))];
        double? between = logs.Length >= 2 ? Spread.StandardDeviation(logs) : null;
        double? within = Within(counted);
        double? half = between is null ? null : StudentT.TwoSided95(logs.Length - 1) * between.Value / Math.Sqrt(logs.Length);
        double center = logs.Length == 0 ? 0 : Spread.Mean(logs);
        return new CellEstimate
        {
            State = StateOf(launches, between, effort),
            Value = counted.Length == 0 ? null : Spread.Median(counted.Select(launch => launch.Value!.Value)),
            Low = half is null ? null : Math.Exp(center - half.Value),
            High = half is null ? null : Math.Exp(center + half.Value),
            HalfWidthRel = half,
            Counted = counted.Length,
            Started = launches.Count,
            WithinSd = within,
            BetweenSd = between,
            Notes = [.. NotesOf(launches.Count, counted.Length, between, within, half, effort)],
        };
    }

    /// <summary>
    /// The launches that enter the numbers: without the failed, the contended and the throttled. Where that leaves none, bad numbers are shown as what they are (the
    /// state says so) rather than nothing.
    /// </summary>
    private static CellLaunch[] Counting(IReadOnlyList<CellLaunch> launches)
    {
        CellLaunch[] measured = [.. launches.Where(launch => launch.State != MeasurementState.Failed && launch.Value > 0)];
        CellLaunch[] good = [.. measured.Where(launch => launch.State is MeasurementState.Valid or MeasurementState.Unstable)];
        return good.Length > 0 ? good : measured;
    }

    private static MeasurementState StateOf(IReadOnlyList<CellLaunch> launches, double? between, EffortSettings effort)
    {
        int valid = launches.Count(launch => launch.State == MeasurementState.Valid);
        if (valid < ValidShare * launches.Count) return launches.Max(launch => launch.State);
        return between > effort.UnstableLaunchSpread ? MeasurementState.Unstable : MeasurementState.Valid;
    }

    private static double? Within(CellLaunch[] counted)
    {
        double[] errors =
        [
            .. counted.Where(launch => launch.HalfWidthRel is not null && launch.Count >= BlockInterval.MinimumCount)
                .Select(launch => BlockInterval.StandardErrorOf(launch.HalfWidthRel!.Value, launch.Count)),
        ];
        return errors.Length == 0 ? null : Math.Sqrt(errors.Sum(error => error * error) / errors.Length);
    }

    private static IEnumerable<string> NotesOf(int started, int counted, double? between, double? within, double? half, EffortSettings effort)
    {
        if (counted < started) yield return string.Create(CultureInfo.InvariantCulture, $"{counted} of {started}");
        if (counted is 1) yield return "few-launches";
        if (between > SpreadOverError * within) yield return "launch-spread";
        if (half > effort.CellHalfWidthTarget) yield return "target-missed";
    }
}
