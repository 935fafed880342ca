using Fleetmark.Silo.Regressions;
using Fleetmark.Storage.Regressions;

namespace Fleetmark.Silo.Tests.Regressions;

public sealed class SentinelPairingTests
{
    [Fact]
    public void A_pair_is_the_log_ratio_of_b_to_a_and_how_likely_it_is_by_chance()
    {
        ComparedSentinel pair = SentinelPairing.Compare(Sentinel([100, 101, 99, 100, 100], [110, 111, 109, 110, 110]))!;

        Assert.Equal(Math.Log(1.1), pair.Pair.LogRatio, 3);
        Assert.InRange(pair.Pair.P!.Value, 0, 1e-4);
    }

    [Fact]
    public void Few_launches_are_permuted() => Assert.Equal(0.1, SentinelPairing.Compare(Sentinel([100, 101, 99], [110, 111, 109]))!.Pair.P!.Value, 12);

    [Fact]
    public void A_single_launch_makes_no_pair() => Assert.Null(SentinelPairing.Compare(Sentinel([100, 101, 99], [110])));

    private static MeasuredSentinel Sentinel(double[] a, double[] b) => new(3, "VGG11 batch 1", a, b, DateTimeOffset.UnixEpoch);
}
