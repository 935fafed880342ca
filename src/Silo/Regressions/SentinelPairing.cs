using System.Globalization;
using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Comparison;
using Fleetmark.Storage.Regressions;

namespace Fleetmark.Silo.Regressions;

/// <summary>Compares the two sides of each A/A sentinel of a run, once both are over. A pure function of facts, so repeating it is harmless.</summary>
internal sealed class SentinelPairing(SentinelPairs pairs)
{
    private const int FewestLaunches = 2;

    /// <summary>Stores the pairs that are new.</summary>
    public async Task StoreAsync(RunId run, CancellationToken cancel) =>
        await pairs.StoreAsync(run, [.. (await pairs.MeasuredAsync(run, cancel)).Select(Compare).OfType<ComparedSentinel>()], cancel);

    /// <summary>What the sides differ by; null when a side has fewer than two valid launches: a single one says nothing of the device's noise.</summary>
    internal static ComparedSentinel? Compare(MeasuredSentinel sentinel)
    {
        if (Math.Min(sentinel.A.Count, sentinel.B.Count) < FewestLaunches) return null;
        string card = sentinel.DeviceId.ToString(CultureInfo.InvariantCulture);
        RatioEstimate estimate = RatioEstimate.Of([.. sentinel.A.Select(us => new ComparedLaunch(us, card))], [.. sentinel.B.Select(us => new ComparedLaunch(us, card))]);
        return estimate is { Ratio: { } ratio, P: not null } ? new ComparedSentinel(sentinel, new SentinelPair(Math.Log(ratio), estimate.P)) : null;
    }
}
