using Fleetmark.Measurement.Comparison;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Regressions;

/// <summary>
/// How much slower or faster each card of a class is than its fellows: the median, over the cells it shares with them, of its log ratio to the median card. A series is
/// corrected for it, so that another card on duty is not taken for a change of the model.
/// </summary>
public sealed class CardEffects
{
    private readonly Dictionary<string, double> _effects;

    private CardEffects(Dictionary<string, double> effects) => _effects = effects;

    /// <summary>Estimates the effects from cells that several cards measured.</summary>
    /// <param name="times">Times of one class.</param>
    public static CardEffects Of(IReadOnlyList<CardTime> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        return new CardEffects(CardResidual.Of(times).GroupBy(time => time.Card, StringComparer.Ordinal)
            .ToDictionary(card => card.Key, card => Spread.Median(card.Select(time => time.Log)), StringComparer.Ordinal));
    }

    /// <summary>Log ratio of a card to its class; 0 for a card that shares no cell with others.</summary>
    public double this[string card] => _effects.GetValueOrDefault(card);

    /// <summary>A point of a series from the launches of a cell, corrected for the cards.</summary>
    /// <param name="launches">The launches of the cell in one run; at least one.</param>
    /// <param name="driver">Version of the driver.</param>
    /// <param name="vbios">Version of the firmware.</param>
    /// <param name="software">What measured it.</param>
    public SeriesPoint Point(IReadOnlyList<ComparedLaunch> launches, string driver, string vbios, PointSoftware software)
    {
        ArgumentNullException.ThrowIfNull(launches);
        ArgumentOutOfRangeException.ThrowIfLessThan(launches.Count, 1, nameof(launches));
        double[] logs = [.. launches.Select(launch => Math.Log(launch.MedianUs) - this[launch.Card])];
        double log = logs.Average();
        double? variance = logs.Length < 2 ? null : logs.Sum(value => (value - log) * (value - log)) / (logs.Length - 1) / logs.Length;
        string unknown = string.Join(' ', launches.Select(launch => launch.Card).Where(card => !_effects.ContainsKey(card)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        return new SeriesPoint(log, variance, new PointConditions(driver, vbios, unknown), software);
    }
}
