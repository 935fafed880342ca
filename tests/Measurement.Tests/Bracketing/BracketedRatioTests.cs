using Fleetmark.Measurement.Bracketing;

namespace Fleetmark.Measurement.Tests.Bracketing;

public sealed class BracketedRatioTests
{
    [Fact]
    public void A_slow_drift_of_the_machine_cancels_out()
    {
        BlockSeries series = Drifting(tested: 1.02);

        var ratio = BracketedRatio.Of(series);

        Assert.Equal(1.02, ratio.Tested.Median, 12);
        Assert.Equal(1.02, ratio.Tested.Low, 12);
        Assert.Equal(1.02, ratio.Tested.High, 12);
        Assert.Equal(1, ratio.Idle.Low, 12);
        Assert.Equal(1, ratio.Idle.High, 12);
        Assert.Equal(1.02 * 2000, ratio.TestedNs, 9);
    }

    [Fact]
    public void A_few_disturbed_blocks_leave_the_median_alone()
    {
        BlockSeries series = Drifting(tested: 1.02);
        double[] blocks = [.. series.BlockNs];
        blocks[3] *= 10;
        blocks[4] *= 10;

        var ratio = BracketedRatio.Of(series with { BlockNs = blocks });

        Assert.Equal(1.02, ratio.Tested.Median, 12);
        Assert.Equal(1, ratio.Idle.High, 12);
    }

    public static TheoryData<string, BlockSeries> Broken => new()
    {
        { "20 control blocks around 20 others", Drifting(1) with { ControlNs = [.. Drifting(1).ControlNs.Skip(1)] } },
        { "21 control blocks around 20 others", Drifting(1) with { IsTested = [true] } },
        { "not above 0", Drifting(1) with { BlockNs = [0, .. Drifting(1).BlockNs.Skip(1)] } },
        { "not above 0", Drifting(1) with { ControlNs = [double.NaN, .. Drifting(1).ControlNs.Skip(1)] } },
        { "20 tested and 0 idle blocks", Drifting(1) with { IsTested = [.. Enumerable.Repeat(true, 20)] } },
        { "5 tested and 15 idle blocks", Drifting(1) with { IsTested = [.. Enumerable.Range(0, 20).Select(i => i < 5)] } },
        { "blocks without calls", Drifting(1) with { CallsPerBlock = 0 } },
        { "negative", Drifting(1) with { AllocatedBytes = -1 } },
        { "negative", Drifting(1) with { Collections = -1 } },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_series_that_does_not_fit_together_is_refused(string said, BlockSeries series)
    {
        Assert.Contains(said, series.Problem, StringComparison.Ordinal);
        Assert.Contains(said, Assert.Throws<ArgumentException>(() => BracketedRatio.Of(series)).Message, StringComparison.Ordinal);
    }

    /// <summary>Twenty blocks, every other one tested, on a machine that slows down from 1 µs to 3 µs.</summary>
    private static BlockSeries Drifting(double tested) => new()
    {
        ControlNs = [.. Enumerable.Range(0, 21).Select(i => 1000 + (100.0 * i))],
        BlockNs = [.. Enumerable.Range(0, 20).Select(i => (1050 + (100.0 * i)) * (IsTested(i) ? tested : 1))],
        IsTested = [.. Enumerable.Range(0, 20).Select(IsTested)],
        CallsPerBlock = 10,
        AllocatedBytes = 0,
        Collections = 0,
    };

    private static bool IsTested(int block) => block is 0 or 3 or 4 or 7 or 8 or 11 or 12 or 15 or 16 or 19;
}
