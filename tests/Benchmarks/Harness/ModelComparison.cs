using System.Globalization;
using Fleetmark.Measurement.Bracketing;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Benchmarks.Harness;

/// <summary>
/// The harness over the C loop on one model: median of the ratios with its 95 % interval, and the interval of the C loop over itself (<c>aa</c>). The aim is reached when
/// the interval reaches down to it; null when the C loop over itself strays so far from 1 that nothing can be said.
/// </summary>
internal sealed record ModelComparison(
    string Model, double P50Ns, double Ratio, double Low, double High, double AaLow, double AaHigh, double Aim, bool? AimReached, long AllocatedBytes, int Collections)
{
    private const double Stray = 0.01;

    internal static ModelComparison Of(TimedModel model, BlockSeries series)
    {
        var ratio = BracketedRatio.Of(series);
        (MedianInterval tested, MedianInterval idle) = (ratio.Tested, ratio.Idle);
        bool isQuiet = idle.Low >= 1 - Stray && idle.High <= 1 + Stray;
        return new ModelComparison(
            model.Name, ratio.TestedNs, tested.Median, tested.Low, tested.High, idle.Low, idle.High, model.Aim, isQuiet ? tested.Low <= model.Aim : null,
            series.AllocatedBytes, series.Collections);
    }

    /// <summary>A line for people.</summary>
    public override string ToString()
    {
        string verdict = AimReached switch
        {
            true => "reached",
            false => "missed",
            null => "not measurable, the machine is too busy",
        };
        return string.Create(CultureInfo.InvariantCulture,
            $"{Model,-8} {P50Ns / 1000,9:0.00} µs  {Ratio:0.0000} ({Low:0.0000} to {High:0.0000})  C over C {AaLow:0.0000} to {AaHigh:0.0000}  {AllocatedBytes} bytes, {Collections} collections  aim {Aim:0.00} {verdict}");
    }
}
