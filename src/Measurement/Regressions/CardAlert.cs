using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Regressions;

/// <summary>A card that is slower than its class in general: an alert about the card, and none about the models it measured.</summary>
/// <param name="Card">Id of the device.</param>
/// <param name="Cells">Ids of the cells on which it is too slow, in order.</param>
/// <param name="LogRatio">Median log ratio to the class over these cells; in a class of two, to the other card.</param>
public sealed record CardAlert(string Card, IReadOnlyList<string> Cells, double LogRatio)
{
    private const double SmallestExcess = 0.03;
    private const int CellsFrom = 3;

    /// <summary>
    /// The cards whose log ratio to the median of their class exceeds max(<paramref name="floor"/>, 3 %) on at least three cells that other cards measured too. Of two cards the
    /// slower one is named; that the other is too fast cannot be told from it.
    /// </summary>
    /// <param name="times">Times of one class.</param>
    /// <param name="floor">Noise floor of the class, as a log ratio.</param>
    public static IReadOnlyList<CardAlert> Find(IReadOnlyList<CardTime> times, double floor)
    {
        ArgumentNullException.ThrowIfNull(times);
        double limit = Math.Max(floor, SmallestExcess);
        return
        [
            .. CardResidual.Of(times).Where(residual => residual.ToFellows > limit).GroupBy(residual => residual.Card, StringComparer.Ordinal)
                .Where(card => card.Count() >= CellsFrom).OrderBy(card => card.Key, StringComparer.Ordinal)
                .Select(card => new CardAlert(card.Key, [.. card.Select(residual => residual.Cell)], Spread.Median(card.Select(residual => residual.ToFellows)))),
        ];
    }
}
