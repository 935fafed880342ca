namespace Fleetmark.Measurement.Comparison;

/// <summary>Probabilities adjusted for how many were looked at: among many comparisons of equal systems some look different by chance.</summary>
public static class Multiplicity
{
    /// <summary>
    /// Benjamini and Hochberg (Controlling the false discovery rate, 1995): calling every comparison with an adjusted probability up to q different makes the expected
    /// share of wrong ones among them at most q. For tables.
    /// </summary>
    /// <param name="probabilities">Probabilities of one table, 0 to 1, in any order.</param>
    /// <returns>Adjusted probabilities in the same order.</returns>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> probabilities)
    {
        int[] order = Order(probabilities);
        double[] adjusted = new double[order.Length];
        double least = 1;
        for (int rank = order.Length; rank >= 1; rank--)
        {
            least = Math.Min(least, probabilities[order[rank - 1]] * order.Length / rank);
            adjusted[order[rank - 1]] = least;
        }

        return adjusted;
    }

    /// <summary>
    /// Holm (A simple sequentially rejective multiple test procedure, 1979): the chance that any of the comparisons called different is not is at most q. For gates, where
    /// one wrong word stops a release.
    /// </summary>
    /// <param name="probabilities">Probabilities of one gate, 0 to 1, in any order.</param>
    /// <returns>Adjusted probabilities in the same order.</returns>
    public static double[] Holm(IReadOnlyList<double> probabilities)
    {
        int[] order = Order(probabilities);
        double[] adjusted = new double[order.Length];
        double most = 0;
        for (int rank = 1; rank <= order.Length; rank++)
        {
            most = Math.Max(most, Math.Min(1, probabilities[order[rank - 1]] * (order.Length - rank + 1)));
            adjusted[order[rank - 1]] = most;
        }

        return adjusted;
    }

    private static int[] Order(IReadOnlyList<double> probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (probabilities.Any(p => p is not (>= 0 and <= 1))) throw new ArgumentException("A probability lies outside 0 to 1.", nameof(probabilities));
        return [.. Enumerable.Range(0, probabilities.Count).OrderBy(i => probabilities[i]).ThenBy(i => i)];
    }
}
