using System.Globalization;
using System.Text;
using Fleetmark.Measurement.SelfCheck;

namespace Fleetmark.Cli.Machine;

/// <summary>A self-check as a person reads it.</summary>
internal static class SelfCheckText
{
    private const double NanosecondsPerMicrosecond = 1000;

    /// <summary>An aligned table; what the ratio is of stands above it.</summary>
    public static string Of(SelfCheckReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{report.Runtime}, one thread; timer floor {report.TimerFloorNs} ns\n");
        text.Append("ratio: a timed call over the same run through the C API's function pointer; control: that run over itself\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{"model",-9} {"p50 (µs)",9}  {"ratio",-24}  {"limit",5}  {"control",-16}  {"bytes/call",10}  {"collections",11}  verdict");
        foreach (SelfCheckResult check in report.Checks)
        {
            string ratio = string.Create(CultureInfo.InvariantCulture, $"{check.Ratio:0.0000} ({check.Low:0.0000}-{check.High:0.0000})");
            string control = string.Create(CultureInfo.InvariantCulture, $"{check.AaLow:0.0000}-{check.AaHigh:0.0000}");
            text.Append(CultureInfo.InvariantCulture, $"\n{check.Model,-9} {check.P50Ns / NanosecondsPerMicrosecond,9:0.00}  {ratio,-24}  {check.Limit,5:0.00}  {control,-16}  ");
            text.Append(CultureInfo.InvariantCulture, $"{check.BytesPerCall,10:0.###}  {check.Collections,11}  {Word(check.Verdict)}");
        }

        return text.ToString();
    }

    private static string Word(SelfCheckVerdict verdict) => verdict switch
    {
        SelfCheckVerdict.Passed => "passed",
        SelfCheckVerdict.NotMeasurable => "not measurable",
        _ => "failed",
    };
}
