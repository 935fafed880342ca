namespace Fleetmark.Measurement.Efforts;

/// <summary>Whether a cell with a time budget may start another launch.</summary>
public static class QuickBudget
{
    /// <summary>
    /// The second launch starts while less than the budget is spent, every later one only if a launch as long as the last still fits: two launches give an interval, a
    /// third is worth no delay.
    /// </summary>
    /// <param name="settings">The effort; without a budget the answer is always true.</param>
    /// <param name="spent">Length of each launch so far, process start to exit, in order.</param>
    public static bool MayStartAnother(EffortSettings settings, IReadOnlyList<TimeSpan> spent)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(spent);
        if (settings.CellBudget is not { } budget || spent.Count == 0) return true;
        TimeSpan total = TimeSpan.Zero;
        foreach (TimeSpan launch in spent) total += launch;
        return spent.Count == 1 ? total < budget : total + spent[^1] <= budget;
    }
}
