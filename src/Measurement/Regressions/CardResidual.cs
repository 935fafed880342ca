using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Regressions;

/// <summary>How far a card is from its class on one cell.</summary>
/// <param name="Cell">Id of the cell.</param>
/// <param name="Card">Id of the device.</param>
/// <param name="Log">Its log minus the median of the logs of all cards, its own among them.</param>
/// <param name="Cards">Number of cards that measured the cell, at least two.</param>
internal sealed record CardResidual(string Cell, string Card, double Log, int Cards)
{
    /// <summary>How far it is from its fellows. The median of two cards lies in the middle between them and hides half of what separates them.</summary>
    internal double ToFellows => Cards == 2 ? 2 * Log : Log;

    /// <summary>One entry for each cell that at least two cards measured, and each of these cards.</summary>
    internal static IReadOnlyList<CardResidual> Of(IReadOnlyList<CardTime> times) =>
    [
        .. times.GroupBy(time => time.Cell, StringComparer.Ordinal).OrderBy(cell => cell.Key, StringComparer.Ordinal).SelectMany(cell =>
        {
            CardTime[] cards = [.. cell.GroupBy(time => time.Card, StringComparer.Ordinal).OrderBy(card => card.Key, StringComparer.Ordinal)
                .Select(card => new CardTime(cell.Key, card.Key, card.Average(time => time.Log)))];
            if (cards.Length < 2) return [];
            double median = Spread.Median(cards.Select(card => card.Log));
            return cards.Select(card => new CardResidual(cell.Key, card.Card, card.Log - median, cards.Length));
        }),
    ];
}
