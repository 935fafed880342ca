using System.Globalization;

namespace Fleetmark.Measurement.Comparison;

/// <summary>
/// How two sides of launches compare: the ratio of their times, how sure it is, and how that was found out. The unit is the launch; samples are never pooled, because
/// tests on pooled samples call equal systems different as soon as launches differ by half a percent.
/// </summary>
public sealed record RatioEstimate
{
    private const int WelchFrom = 5;
    private const string NoTime = "A compared launch has a median that is not a positive time.";

    /// <summary>How the ratio was tested.</summary>
    public required RatioMethod Method { get; init; }

    /// <summary>Time of the candidate over time of the baseline, as a ratio of geometric means: above 1 the candidate is slower. Null when a side has no launch.</summary>
    public required double? Ratio { get; init; }

    /// <summary>95 % interval of the ratio; null where nothing tells the spread of both sides.</summary>
    public required RatioInterval? Interval95 { get; init; }

    /// <summary>90 % interval of the ratio: inside a margin, two one-sided tests at 5 % both say so. Null with <see cref="Interval95"/>.</summary>
    public required RatioInterval? Interval90 { get; init; }

    /// <summary>Two-sided probability of a ratio at least as far from 1 between equal sides; null when the ratio was not tested.</summary>
    public required double? P { get; init; }

    /// <summary>Launches of the baseline behind the ratio.</summary>
    public required int BaselineLaunches { get; init; }

    /// <summary>Launches of the candidate behind the ratio.</summary>
    public required int CandidateLaunches { get; init; }

    /// <summary>Short words for people, in a fixed order.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>True when both sides ran on at least one common card.</summary>
    public required bool HasCommonCard { get; init; }

    /// <summary>The difference behind ratio and intervals; null when nothing tells the spread of both sides.</summary>
    internal LogDifference? Difference { get; init; }

    /// <summary>Compares the times of two sides.</summary>
    public static RatioEstimate Of(IReadOnlyList<ComparedLaunch> baseline, IReadOnlyList<ComparedLaunch> candidate) => Of(baseline, candidate, launch => launch.MedianUs);

    /// <summary>Compares the cycles (time × clock) of two sides; null when a launch has no clock.</summary>
    internal static RatioEstimate? OfCycles(IReadOnlyList<ComparedLaunch> baseline, IReadOnlyList<ComparedLaunch> candidate) =>
        baseline.Concat(candidate).Any(launch => launch.ClockMhz is not > 0) ? null : Of(baseline, candidate, launch => launch.MedianUs * launch.ClockMhz!.Value);

    private static RatioEstimate Of(IReadOnlyList<ComparedLaunch> baseline, IReadOnlyList<ComparedLaunch> candidate, Func<ComparedLaunch, double> value)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(candidate);
        if (baseline.Any(IsWithoutTime)) throw new ArgumentException(NoTime, nameof(baseline));
        if (candidate.Any(IsWithoutTime)) throw new ArgumentException(NoTime, nameof(candidate));
        string[] cards = [.. baseline.Select(launch => launch.Card).Intersect(candidate.Select(launch => launch.Card), StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (cards.Length == 0) return WithoutCommonCard(baseline, candidate, value);
        (double[] Baseline, double[] Candidate)[] perCard = [.. cards.Select(card => (Logs(baseline.Where(l => l.Card == card), value), Logs(candidate.Where(l => l.Card == card), value)))];
        double[] before = [.. perCard.SelectMany(card => card.Baseline)];
        double[] after = [.. perCard.SelectMany(card => card.Candidate)];
        int leftOut = baseline.Count + candidate.Count - before.Length - after.Length;
        RatioEstimate estimate = cards.Length > 1 ? OnCards(perCard, before, after) : OnOneCard(before, after);
        return leftOut == 0 ? estimate
            : estimate with { Notes = [.. estimate.Notes, string.Create(CultureInfo.InvariantCulture, $"{leftOut} launches on cards of one side only left out")] };
    }

    private static bool IsWithoutTime(ComparedLaunch launch) => launch.MedianUs is not (> 0 and < double.PositiveInfinity);

    private static double[] Logs(IEnumerable<ComparedLaunch> launches, Func<ComparedLaunch, double> value) => [.. launches.Select(launch => Math.Log(value(launch)))];

    private static RatioEstimate OnCards((double[] Baseline, double[] Candidate)[] cards, double[] before, double[] after)
    {
        LogDifference? difference = CardModel.Difference(cards);
        // Without a degree of freedom the model is still the best ratio, but nothing can be said of its error.
        double weight(double[] baseline, double[] candidate) => baseline.Length * (double)candidate.Length / (baseline.Length + candidate.Length);
        double log = difference?.Estimate
            ?? cards.Sum(card => weight(card.Baseline, card.Candidate) * (card.Candidate.Average() - card.Baseline.Average())) / cards.Sum(card => weight(card.Baseline, card.Candidate));
        double? p = IsWithoutSpread(difference) ? CardModel.SmallestP(cards) : difference?.P;
        return From(difference is null ? RatioMethod.None : RatioMethod.CardModel, log, difference, p, before.Length, after.Length, []);
    }

    /// <summary>
    /// No spread at all, as with times of a few clock ticks, but a difference: then only the number of launches speaks, and it is a complete separation.
    /// </summary>
    private static bool IsWithoutSpread(LogDifference? difference) => difference is { StandardError: 0, Estimate: not 0 };

    private static RatioEstimate OnOneCard(double[] before, double[] after)
    {
        LogDifference? difference = LogDifference.Welch(before, after);
        double log = after.Average() - before.Average();
        bool isWelch = difference is not null && Math.Min(before.Length, after.Length) >= WelchFrom;
        double p = !isWelch ? Permutation.P(before, after)
            : IsWithoutSpread(difference) ? Permutation.SmallestP(before.Length, after.Length)
            : difference!.P;
        return From(isWelch ? RatioMethod.WelchT : RatioMethod.Permutation, log, difference, p, before.Length, after.Length, []);
    }

    private static RatioEstimate WithoutCommonCard(IReadOnlyList<ComparedLaunch> baseline, IReadOnlyList<ComparedLaunch> candidate, Func<ComparedLaunch, double> value)
    {
        double? log = baseline.Count == 0 || candidate.Count == 0 ? null : Logs(candidate, value).Average() - Logs(baseline, value).Average();
        string note = log is null ? "no launches to compare" : "not controlled: different cards";
        return From(RatioMethod.None, log, null, null, baseline.Count, candidate.Count, [note]) with { HasCommonCard = false };
    }

    private static RatioEstimate From(RatioMethod method, double? log, LogDifference? difference, double? p, int baseline, int candidate, IReadOnlyList<string> notes) => new()
    {
        Method = method,
        Ratio = log is null ? null : Math.Exp(log.Value),
        Interval95 = difference?.Interval(0.95),
        Interval90 = difference?.Interval(0.90),
        P = p,
        BaselineLaunches = baseline,
        CandidateLaunches = candidate,
        HasCommonCard = true,
        Notes = notes,
        Difference = difference,
    };
}
