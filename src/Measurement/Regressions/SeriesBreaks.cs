using Perfolizer.Mathematics.Cpd;

namespace Fleetmark.Measurement.Regressions;

/// <summary>
/// Where a series of a cell changed, and what explains it. A pure function of the series: the same points give the same breaks, however often they are looked for.
/// </summary>
/// <param name="Breaks">Unexplained changes, oldest first: what alerts are made of.</param>
/// <param name="Explained">Changes of driver, firmware or cards, oldest first.</param>
public sealed record SeriesBreaks(IReadOnlyList<SeriesBreak> Breaks, IReadOnlyList<ExplainedStep> Explained)
{
    private const int Window = 50;
    private const int PeltFrom = 501;
    private const double KeptSignificance = 0.001;

    /// <summary>Looks for breaks.</summary>
    /// <param name="points">Points of one cell, oldest first; any number.</param>
    /// <param name="floor">Noise floor of the device, as a log ratio.</param>
    public static SeriesBreaks Of(IReadOnlyList<SeriesPoint> points, double floor)
    {
        ArgumentNullException.ThrowIfNull(points);
        double smallest = Math.Max(floor, PointCheck.SmallestChange);
        var breaks = new List<SeriesBreak>();
        var explained = new List<ExplainedStep>();
        int lastSegment = 0;
        for (int begin = 0; begin < points.Count;)
        {
            int end = begin + 1;
            while (end < points.Count && points[end].Conditions == points[begin].Conditions) end++;
            SeriesBreak[] found = Unexplained(points, begin, end, smallest);
            int firstSegmentEnd = found.Length > 0 ? found[0].Index : end;
            if (begin > 0) explained.Add(StepAt(points, lastSegment, begin, firstSegmentEnd));
            breaks.AddRange(found);
            lastSegment = found.Length > 0 ? found[^1].Index : begin;
            begin = end;
        }

        return new SeriesBreaks(breaks, explained);
    }

    /// <summary>The newest segment of a series: what a new point is compared with.</summary>
    /// <param name="points">The points these breaks were found in.</param>
    public IReadOnlyList<SeriesPoint> Current(IReadOnlyList<SeriesPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        int begin = Math.Max(Breaks.Count > 0 ? Breaks[^1].Index : 0, Explained.Count > 0 ? Explained[^1].Index : 0);
        return [.. points.Skip(begin)];
    }

    private static ExplainedStep StepAt(IReadOnlyList<SeriesPoint> points, int begin, int at, int end)
    {
        SeriesPoint[] beside = [.. points.Skip(begin).Take(end - begin)];
        double change = WeightedPoints.Of(beside).Step(0, at - begin, beside.Length).Change;
        return new ExplainedStep(at, points[at].Conditions.ChangeFrom(points[at - 1].Conditions), change);
    }

    private static SeriesBreak[] Unexplained(IReadOnlyList<SeriesPoint> points, int begin, int end, double smallest)
    {
        WeightedPoints run = WeightedPoints.Of([.. points.Skip(begin).Take(end - begin)]);
        int count = end - begin;
        List<int> at = count >= PeltFrom ? ByPelt(run) : ByWindows(run, count);
        (double Change, double P)[] steps = Merge(run, at, count, smallest);
        return
        [
            .. at.Zip(steps, (index, step) => new SeriesBreak(begin + index, step.Change, step.P, Candidates(points, begin + index, begin, end))),
        ];
    }

    /// <summary>What measured differently near a break. Its place is an estimate: in noise it may lie a point or two beside the change.</summary>
    private static string Candidates(IReadOnlyList<SeriesPoint> points, int at, int begin, int end)
    {
        const int Near = EnergySplit.SmallestSegment - 1;
        int first = Math.Max(at - Near, begin + 1), last = Math.Min(at + Near, end - 1);
        return string.Join(", ", Enumerable.Range(first, last - first + 1).Select(i => points[i].Software.ChangeFrom(points[i - 1].Software)).Where(change => change.Length > 0));
    }

    /// <summary>Windows that overlap by half, so that a distant past does not hide a change and a change at an edge is seen whole by the next.</summary>
    private static List<int> ByWindows(WeightedPoints run, int count)
    {
        var all = new SortedSet<int>();
        for (int begin = 0, end; begin < count; begin = end == count ? count : Math.Max(begin + (Window / 2), LastBefore(all, end)))
        {
            end = Math.Min(begin + Window, count);
            EnergySplit.Find(run, begin, end, all);
        }

        return [.. all];
    }

    private static int LastBefore(SortedSet<int> breaks, int end) => breaks.GetViewBetween(0, end).Max;

    private static List<int> ByPelt(WeightedPoints run) =>
        [.. EdPeltChangePointDetector.Instance.GetChangePointIndexes(run.Logs, EnergySplit.SmallestSegment).Select(lastBefore => lastBefore + 1)];

    /// <summary>Removes the weakest break, one at a time, until all that are left are significant, large enough and between segments of enough points.</summary>
    /// <returns>The steps at the breaks that are left.</returns>
    private static (double Change, double P)[] Merge(WeightedPoints run, List<int> breaks, int count, double smallest)
    {
        while (true)
        {
            int[] ends = [0, .. breaks, count];
            (double Change, double P)[] steps = [.. Enumerable.Range(1, breaks.Count).Select(i => Step(run, ends[i - 1], ends[i], ends[i + 1]))];
            int[] doubtful = [.. Enumerable.Range(0, steps.Length).Where(i => steps[i].P > KeptSignificance)];
            int[] small = [.. Enumerable.Range(0, steps.Length).Where(i => Math.Abs(steps[i].Change) < smallest)];
            if (doubtful.Length > 0) breaks.RemoveAt(doubtful.MaxBy(i => steps[i].P));
            else if (small.Length > 0) breaks.RemoveAt(small.MinBy(i => Math.Abs(steps[i].Change)));
            else return steps;
        }
    }

    private static (double Change, double P) Step(WeightedPoints run, int begin, int at, int end)
    {
        (double change, double p) = run.Step(begin, at, end);
        bool tooShort = Math.Min(at - begin, end - at) < EnergySplit.SmallestSegment;
        return (change, tooShort ? 1 : p);
    }
}
