using Fleetmark.Measurement.Comparison;

namespace Fleetmark.Measurement.Tests.Comparison;

public sealed class NoiseFloorTests
{
    private static SentinelPair[] Pairs(int count, double scale = 0.001) => [.. Enumerable.Range(1, count).Select(i => new SentinelPair((i % 2 == 0 ? 1 : -1) * i * scale, i / 40.0))];

    [Fact]
    public void The_floor_is_the_95th_percentile_of_the_newest_thirty_pairs_of_the_device()
    {
        NoiseFloor floor = NoiseFloor.Of([.. Pairs(20, 1), .. Pairs(30)], Pairs(30, 1));
        // |log ratios| 0.001 … 0.030; type 7: 0.001 × (1 + 0.95 × 29).
        Assert.Equal(0.02855, floor.LogRatio, 1e-9);
        Assert.Equal((NoiseFloorSource.Device, 30), (floor.Source, floor.Pairs));
        Assert.Equal(0.02855, floor.Margin, 1e-9);
    }

    [Theory]
    [InlineData(9, NoiseFloorSource.DeviceClass)]
    [InlineData(10, NoiseFloorSource.Device)]
    public void A_device_with_fewer_than_ten_pairs_takes_those_of_its_class(int pairs, NoiseFloorSource source) =>
        Assert.Equal(source, NoiseFloor.Of(Pairs(pairs), Pairs(12)).Source);

    [Fact]
    public void Without_any_pair_the_floor_is_one_percent()
    {
        NoiseFloor floor = NoiseFloor.Of([], []);
        Assert.Equal(new NoiseFloor(0.01, NoiseFloorSource.Default, 0, null), floor);
    }

    [Fact]
    public void The_margin_is_never_below_one_percent()
    {
        NoiseFloor floor = NoiseFloor.Of(Pairs(30, 0.0001), []);
        Assert.Equal(0.002855, floor.LogRatio, 1e-9);
        Assert.Equal(0.01, floor.Margin);
    }

    [Fact]
    public void The_share_rejected_counts_the_tested_pairs()
    {
        SentinelPair[] pairs = [.. Enumerable.Range(0, 20).Select(i => new SentinelPair(0.001, i == 3 ? 0.049 : 0.05)), new SentinelPair(0.001, null)];
        Assert.Equal(0.05, NoiseFloor.Of(pairs, []).RejectedShare);
        Assert.Null(NoiseFloor.Of([.. pairs.Select(pair => pair with { P = null })], []).RejectedShare);
    }
}
