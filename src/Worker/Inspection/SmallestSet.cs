namespace Fleetmark.Worker.Inspection;

/// <summary>
/// Finds a smallest set by halving (Junker, QuickXplain: Preferred Explanations and Relaxations for Over-Constrained Problems, 2004): of n members of which k are needed it
/// asks about 2k·log₂(n/k) + 2k times.
/// </summary>
internal static class SmallestSet
{
    /// <summary>Members without which <paramref name="holds"/> would not hold, as long as more members never make it worse.</summary>
    /// <param name="all">All members, for which it holds; without any it does not.</param>
    /// <param name="holds">Asked about sets in the order of <paramref name="all"/>.</param>
    internal static IReadOnlyList<T> Find<T>(IReadOnlyList<T> all, Func<IReadOnlyCollection<T>, bool> holds)
        where T : notnull
    {
        List<int> found = Search([], isNew: false, [.. Enumerable.Range(0, all.Count)]);
        return [.. found.Order().Select(i => all[i])];

        List<int> Search(List<int> given, bool isNew, List<int> open)
        {
            if (isNew && holds([.. given.Order().Select(i => all[i])])) return [];
            if (open.Count <= 1) return open;
            List<int> first = open[..(open.Count / 2)], second = open[(open.Count / 2)..];
            List<int> ofSecond = Search([.. given, .. first], isNew: true, second);
            List<int> ofFirst = Search([.. given, .. ofSecond], isNew: ofSecond.Count > 0, first);
            return [.. ofFirst, .. ofSecond];
        }
    }
}
