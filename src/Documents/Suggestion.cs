namespace Fleetmark.Documents;

/// <summary>The known word nearest to a mistyped one.</summary>
public static class Suggestion
{
    /// <summary>
    /// The nearest of <paramref name="known"/> by edit distance, case ignored, or null when nothing is near enough (a third of its length, at
    /// least 1). Among equally near words one with the same letters wins, else the first.
    /// </summary>
    public static string? Nearest(string given, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(known);
        string? best = null;
        (int Distance, bool OtherLetters) bestRank = (int.MaxValue, true);
        string wanted = given.ToUpperInvariant();
        foreach (string candidate in known)
        {
            string word = candidate.ToUpperInvariant();
            (int Distance, bool OtherLetters) rank = (Distance(wanted, word), !word.Order().SequenceEqual(wanted.Order()));
            if (rank.CompareTo(bestRank) >= 0 || rank.Distance > Math.Max(1, candidate.Length / 3)) continue;
            best = candidate;
            bestRank = rank;
        }

        return best;
    }

    /// <summary>The remedy sentence: <c>did you mean 'x'?</c> when something is near, else the whole list.</summary>
    public static string Remedy(string given, IReadOnlyCollection<string> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        if (Nearest(given, known) is { } nearest) return $"did you mean '{nearest}'?";
        return known.Count == 0 ? "" : $"known: {string.Join(", ", known)}";
    }

    /// <summary>Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.</summary>
    private static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) d[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
