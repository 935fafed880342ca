using Fleetmark.Measurement.SelfCheck;

namespace Fleetmark.Fixtures;

/// <summary>Self-checks with chosen ratios.</summary>
public static class SampleSelfCheck
{
    /// <summary>A report.</summary>
    /// <param name="atOneMicrosecond">Ratio of a call of 1.4 µs.</param>
    /// <param name="atTenMicroseconds">Ratio of a call of 11.2 µs.</param>
    /// <param name="verdict">Of both.</param>
    public static SelfCheckReport Report(double atOneMicrosecond = 1.0073, double atTenMicroseconds = 1.002, SelfCheckVerdict verdict = SelfCheckVerdict.Passed) => new()
    {
        TimerFloorNs = 20,
        Runtime = "ort131-cpu",
        MeasuredAt = DateTimeOffset.UnixEpoch,
        Checks = [Result("chain-4", 1372, atOneMicrosecond, 1.03, verdict), Result("chain-64", 11_240, atTenMicroseconds, 1.01, verdict)],
    };

    private static SelfCheckResult Result(string model, double p50Ns, double ratio, double limit, SelfCheckVerdict verdict) => new()
    {
        Model = model,
        P50Ns = p50Ns,
        Ratio = ratio,
        Low = ratio,
        High = ratio,
        BytesPerCall = 0,
        Collections = 0,
        AaLow = 1,
        AaHigh = 1,
        Limit = limit,
        Verdict = verdict,
        Reason = "",
    };
}
