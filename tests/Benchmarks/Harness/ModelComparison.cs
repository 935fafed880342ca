using System.Globalization;
using Fleetmark.Measurement.Bracketing;
using Fleetmark.Measurement.SelfCheck;

namespace Fleetmark.Benchmarks.Harness;

/// <summary>The harness over the C loop on one model, judged as a self-check is.</summary>
/// <param name="Check">Ratio with its 95 % interval and counters.</param>
/// <param name="Verdict">How it came out.</param>
internal sealed record ModelComparison(SelfCheckResult Check, SelfCheckVerdict Verdict)
{
    internal static ModelComparison Of(string model, double limit, BlockSeries series)
    {
        var check = SelfCheckResult.Of(model, limit, series);
        // Where nothing may show, an interval that holds 1 is all one can ask for.
        bool nothingShows = check is { Limit: 1, Verdict: SelfCheckVerdict.NotMeasurable, IsQuiet: true };
        return new ModelComparison(check, nothingShows ? SelfCheckVerdict.Passed : check.Verdict);
    }

    /// <summary>A line for people.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Check.Model,-8} {Check.P50Ns / 1000,9:0.00} µs  {Check.Ratio:0.0000} ({Check.Low:0.0000} to {Check.High:0.0000})  C over C {Check.AaLow:0.0000} to {Check.AaHigh:0.0000}  {Check.BytesPerCall:0.###} bytes, {Check.Collections} collections  limit {Check.Limit:0.00} {Word}");

    private string Word => Verdict switch
    {
        SelfCheckVerdict.Passed => "passed",
        SelfCheckVerdict.NotMeasurable => $"not measurable: {Check.Reason}",
        _ => $"failed: {Check.Reason}",
    };
}
