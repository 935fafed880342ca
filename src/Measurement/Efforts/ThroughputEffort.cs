namespace Fleetmark.Measurement.Efforts;

/// <summary>What an effort means for throughput: the same launches and limits as for latency, windows of a second in the warm-up, and a fixed window of at least ten seconds.</summary>
public static class ThroughputEffort
{
    /// <summary>Shortest window of any effort, in milliseconds: the definition of throughput, not a matter of effort.</summary>
    public const int ShortestWindowMs = 10_000;

    /// <summary>
    /// Most samples of a launch, of all loops together: what the message of a result holds. Shorter calls are timed several as one sample.
    /// </summary>
    public const int MostSamples = 240_000;

    private const int SlowestWindowMs = 30_000;

    /// <summary>The settings of an effort.</summary>
    /// <param name="effort">The effort.</param>
    /// <param name="isCpu">True on a CPU.</param>
    public static EffortSettings For(Effort effort, bool isCpu)
    {
        EffortSettings latency = EffortSettings.For(effort, isCpu);
        bool isQuick = effort == Effort.Quick;
        return latency with
        {
            WarmUp = latency.WarmUp with { WindowMs = isQuick ? 500 : 1000, CapMs = isQuick ? 4000 : latency.WarmUp.CapMs, Ratio = isQuick ? 1.05 : 1.02 },
            Sampling = latency.Sampling with
            {
                MinMs = ShortestWindowMs,
                MaxMs = SlowestWindowMs,
                MinCount = latency.Sampling.FloorCount,
                MaxCount = MostSamples,
                HalfWidth = 0,
            },
        };
    }
}
