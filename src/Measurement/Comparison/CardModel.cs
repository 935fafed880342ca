namespace Fleetmark.Measurement.Comparison;

/// <summary>
/// The linear model log median = card + side + error, by least squares. A card that is slower as a whole moves both sides alike and so drops out; what is left is the
/// mean of the differences within the cards, each weighted by how much its launches can tell.
/// </summary>
internal static class CardModel
{
    /// <summary>Below it the residuals are digits that were rounded away, not differences of launches.</summary>
    private const double RoundedAway = 1e-12;

    /// <summary>The difference of the sides; null when no degree of freedom is left for the error.</summary>
    /// <param name="cards">Logs of baseline and candidate on each card; none empty.</param>
    internal static LogDifference? Difference(IReadOnlyList<(double[] Baseline, double[] Candidate)> cards)
    {
        int launches = cards.Sum(card => card.Baseline.Length + card.Candidate.Length);
        int degrees = launches - cards.Count - 1;
        if (degrees < 1) return null;
        double[] weights = [.. cards.Select(card => card.Baseline.Length * (double)card.Candidate.Length / (card.Baseline.Length + card.Candidate.Length))];
        double weight = weights.Sum();
        double difference = cards.Zip(weights, (card, w) => w * (card.Candidate.Average() - card.Baseline.Average())).Sum() / weight;
        double squares = cards.Sum(card => Residuals(card.Baseline, card.Candidate, difference));
        double sd = Math.Sqrt(squares / degrees);
        if (sd < RoundedAway) sd = 0;
        return new LogDifference(difference, sd / Math.Sqrt(weight), degrees, sd, sd);
    }

    /// <summary>The smallest probability that any division of the launches of each card into its two sides can reach: 2 divisions when all sides can swap, else 1.</summary>
    internal static double SmallestP(IReadOnlyList<(double[] Baseline, double[] Candidate)> cards)
    {
        double divisions = cards.Aggregate(1.0, (product, card) => product * Permutation.Divisions(card.Baseline.Length, card.Candidate.Length));
        return Math.Min(1, (cards.All(card => card.Baseline.Length == card.Candidate.Length) ? 2 : 1) / divisions);
    }

    private static double Residuals(double[] baseline, double[] candidate, double difference)
    {
        double card = (baseline.Sum() + candidate.Sum(value => value - difference)) / (baseline.Length + candidate.Length);
        return baseline.Sum(value => (value - card) * (value - card)) + candidate.Sum(value => (value - difference - card) * (value - difference - card));
    }
}
