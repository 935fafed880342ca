using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.WarmUp;

/// <summary>
/// Whether the last windows of a warm-up stand still: no significant trend of their medians, and the greatest close to the smallest. Four windows can never show a
/// significant trend, so with so few the closeness decides.
/// </summary>
public static class Steadiness
{
    private const double Significance = 0.05;
    private const long ShortCallNs = 200_000;
    private const double ShortCallRatio = 1.02;

    /// <summary>True when the last <see cref="WarmUpSettings.Windows"/> windows are steady, null when there are fewer.</summary>
    /// <param name="windowMediansNs">Medians of all windows so far, in nanoseconds.</param>
    /// <param name="settings">Number of windows and ratio.</param>
    public static bool? Test(IReadOnlyList<long> windowMediansNs, WarmUpSettings settings)
    {
        ArgumentNullException.ThrowIfNull(windowMediansNs);
        ArgumentNullException.ThrowIfNull(settings);
        if (windowMediansNs.Count < settings.Windows) return null;
        double[] last = [.. windowMediansNs.Skip(windowMediansNs.Count - settings.Windows).Select(median => (double)median)];
        double greatest = last.Max();
        // The clock's own grain is a visible share of a short call.
        double ratio = greatest < ShortCallNs ? Math.Max(settings.Ratio, ShortCallRatio) : settings.Ratio;
        return greatest <= ratio * last.Min() && MannKendall.PValue(last) > Significance;
    }
}
