using System.Globalization;

namespace Fleetmark.Measurement.Comparison;

/// <summary>The comparisons of one table or one gate, judged together: how sure each must be depends on how many there are.</summary>
public static class ComparisonList
{
    /// <summary>Judges all pairs.</summary>
    /// <param name="pairs">The pairs of one table, or those a gate looks at.</param>
    /// <param name="adjustment">What they are held to.</param>
    /// <returns>A verdict for each pair, in the same order.</returns>
    public static IReadOnlyList<PairVerdict> Judge(IReadOnlyList<ComparedPair> pairs, Adjustment adjustment)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Any(pair => pair.Margin is not (> 0 and < 1))) throw new ArgumentException("A margin lies outside 0 to 1.", nameof(pairs));
        RatioEstimate[] times = [.. pairs.Select(pair => RatioEstimate.Of(pair.Baseline, pair.Candidate))];
        RatioEstimate?[] cycles = [.. pairs.Select(pair => RatioEstimate.OfCycles(pair.Baseline, pair.Candidate))];
        double?[] adjusted = Adjusted(times, adjustment);
        double?[] adjustedCycles = Adjusted(cycles, adjustment);
        double next = NextSignificance(adjusted, adjustment);
        return [.. pairs.Select((pair, i) => Judge(pair, times[i], adjusted[i], cycles[i], adjustedCycles[i], next))];
    }

    private static PairVerdict Judge(ComparedPair pair, RatioEstimate times, double? adjustedP, RatioEstimate? cycles, double? adjustedCyclesP, double next)
    {
        Verdict verdict = VerdictRule.Of(times, adjustedP, cycles, adjustedCyclesP, pair.Margin);
        bool open = verdict == Verdict.Ambiguous && times.HasCommonCard;
        int? further = open ? FurtherLaunches.Of(times, next, pair.Margin) : null;
        return new PairVerdict
        {
            Times = times,
            Cycles = cycles,
            AdjustedP = adjustedP,
            Margin = pair.Margin,
            Verdict = verdict,
            FurtherLaunches = further,
            IsControlled = times.HasCommonCard && pair.Differences.Count == 0,
            Notes = [.. NotesOf(pair, times, open && further is null)],
        };
    }

    private static IEnumerable<string> NotesOf(ComparedPair pair, RatioEstimate times, bool hopeless)
    {
        foreach (string note in times.Notes) yield return note;
        if (pair.Differences.Count > 0) yield return $"not controlled: differs in {string.Join(", ", pair.Differences)}";
        if (hopeless) yield return string.Create(CultureInfo.InvariantCulture, $"{FurtherLaunches.Most} further launches would not decide");
    }

    private static double?[] Adjusted(RatioEstimate?[] estimates, Adjustment adjustment)
    {
        int[] tested = [.. Enumerable.Range(0, estimates.Length).Where(i => estimates[i]?.P is not null)];
        double[] probabilities = [.. tested.Select(i => estimates[i]!.P!.Value)];
        double[] adjusted = adjustment == Adjustment.FamilywiseError ? Multiplicity.Holm(probabilities) : Multiplicity.BenjaminiHochberg(probabilities);
        double?[] all = new double?[estimates.Length];
        for (int i = 0; i < tested.Length; i++) all[tested[i]] = adjusted[i];
        return all;
    }

    /// <summary>Unadjusted probability at which one more pair of the list would be called different.</summary>
    private static double NextSignificance(double?[] adjusted, Adjustment adjustment)
    {
        int tested = adjusted.Count(p => p is not null);
        int different = adjusted.Count(p => p <= VerdictRule.Significance);
        if (tested == 0 || different == tested) return VerdictRule.Significance;
        return adjustment == Adjustment.FamilywiseError
            ? VerdictRule.Significance / (tested - different)
            : VerdictRule.Significance * (different + 1) / tested;
    }
}
