using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Regressions;

/// <summary>How far each card is from the median of its class, cell by cell.</summary>
internal static class CardResiduals
{
    /// <summary>One entry for each cell that at least two cards measured, and each of these cards: card's log minus the median of the cards' logs.</summary>
    internal static IReadOnlyList<CardTime> Of(IReadOnlyList<CardTime> times) =>
    [
        .. times.GroupBy(time => time.Cell, StringComparer.Ordinal).OrderBy(cell => cell.Key, StringComparer.Ordinal).SelectMany(cell =>
        {
            CardTime[] cards = [.. cell.GroupBy(time => time.Card, StringComparer.Ordinal).OrderBy(card => card.Key, StringComparer.Ordinal)
                .Select(card => new CardTime(cell.Key, card.Key, card.Average(time => time.Log)))];
            if (cards.Length < 2) return [];
            double median = Spread.Median(cards.Select(card => card.Log));
            return cards.Select(card => card with { Log = card.Log - median });
        }),
    ];
}
