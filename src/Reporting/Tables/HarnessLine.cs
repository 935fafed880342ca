using System.Globalization;
using Fleetmark.Contracts.Tables;
using Fleetmark.Measurement.SelfCheck;
using Fleetmark.Reporting.Languages;

namespace Fleetmark.Reporting.Tables;

/// <summary>The line of the provenance that says what the harness itself adds to a call.</summary>
internal static class HarnessLine
{
    private const double NanosecondsPerMicrosecond = 1000;

    /// <summary>The line; none when nothing that is shown was measured.</summary>
    /// <param name="harness">The machines of the run.</param>
    /// <param name="cells">The cells whose latency is shown.</param>
    /// <param name="texts">The words.</param>
    internal static IEnumerable<string> Of(IReadOnlyList<HarnessFacts> harness, IReadOnlyList<CellResult> cells, Texts texts)
    {
        HashSet<string> shown = [.. cells.Where(c => c.P50Us is not null).Select(c => c.Cell.DeviceClass)];
        if (shown.Count == 0) yield break;
        HarnessFacts[] machines = [.. harness.Where(h => shown.Contains(h.DeviceClass)).DistinctBy(h => h.Agent)];
        SelfCheckReport[] reports = [.. machines.Select(m => m.Report).OfType<SelfCheckReport>()];
        yield return reports.Length == 0 ? texts.HarnessUnchecked : UserText.OneLine(string.Join(" · ", Parts(reports, machines.Length, texts)));
    }

    private static IEnumerable<string> Parts(SelfCheckReport[] reports, int machines, Texts texts)
    {
        yield return texts.Harness(reports.SelectMany(r => r.Checks).GroupBy(c => c.Model, StringComparer.Ordinal).Select(model => Ratio([.. model], texts)));
        yield return string.Join(", ", reports
            .Select(r => FormattableString.Invariant($"{r.Runtime} {r.MeasuredAt.UtcDateTime:yyyy-MM-dd}"))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal));
        if (reports.Count(r => r.Verdict == SelfCheckVerdict.Failed) is > 0 and var beyond) yield return texts.HarnessBeyondLimits(beyond, machines);
        if (reports.Count(r => r.Verdict == SelfCheckVerdict.NotMeasurable) is > 0 and var unseen) yield return texts.HarnessNotMeasurable(unseen, machines);
        if (machines - reports.Length is > 0 and var missing) yield return texts.HarnessMissing(missing, machines);
    }

    private static string Ratio(SelfCheckResult[] checks, Texts texts) => texts.HarnessRatio(
        Range(checks.Select(c => c.Ratio), "0.000"), Range(checks.Select(c => c.P50Ns / NanosecondsPerMicrosecond), "0.0"));

    private static string Range(IEnumerable<double> values, string format)
    {
        double[] all = [.. values];
        (string low, string high) = (all.Min().ToString(format, CultureInfo.InvariantCulture), all.Max().ToString(format, CultureInfo.InvariantCulture));
        return low == high ? low : $"{low}–{high}";
    }
}
