using Fleetmark.Measurement.Samples;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Tests.Statistics;

public sealed class RateSummaryTests
{
    private const long Second = 1_000_000_000;
    private const long Start = 5 * Second;

    [Fact]
    public void The_rate_is_completed_calls_times_batch_by_the_window()
    {
        RateSummary rate = Of(10 * Second, batch: 8, callsPerSample: 1, [.. Same(Second / 4, 40)], [.. Same(Second / 2, 20)]);

        Assert.Equal(60 * 8 / 10.0, rate.PerS, 12);
        Assert.Equal(3 * 60 * 8 / 10.0, Of(10 * Second, batch: 8, callsPerSample: 3, [.. Same(Second / 4, 40)], [.. Same(Second / 2, 20)]).PerS, 12);
        Assert.Equal(Enumerable.Repeat(48.0, 10), rate.EachS.Select(each => Math.Round(each, 9)));
        Assert.Equal((1.0, 0.0), (rate.TrendP!.Value, rate.TrendRel!.Value));
    }

    [Fact]
    public void Only_the_window_decides_what_a_pause_of_a_loop_costs() =>
        Assert.Equal(2.0, Of(10 * Second, batch: 1, callsPerSample: 1, [.. Same(Second / 4, 20)]).PerS, 12);

    [Fact]
    public void A_call_counts_for_each_second_by_its_share()
    {
        // From 0.5 s on: a call of one second, then one of four.
        RateSummary rate = RateSummary.Of(new SampleSet([Second, 4 * Second], 1) { Streams = [2] }, batch: 4, Start, Start + (6 * Second), [Start + (Second / 2)]);

        Assert.Equal([4, 2.5, 1, 1, 1, 1], rate.EachS.Select(each => Math.Round(each, 9)));
        Assert.Equal(8 / 6.0, rate.PerS, 12);
    }

    [Fact]
    public void A_second_that_no_counted_call_covers_is_left_out()
    {
        RateSummary rate = Of(4 * Second, batch: 1, callsPerSample: 1, [Second]);

        Assert.Equal([1.0], rate.EachS);
        Assert.Null(rate.TrendP ?? rate.TrendRel);
    }

    [Fact]
    public void A_rate_that_falls_has_a_trend_and_one_that_wavers_has_none()
    {
        long[] slower = [.. Enumerable.Range(0, 1000).Select(i => (Second / 110) + (i * 2000L))];
        RateSummary falls = RateSummary.Of(new SampleSet(slower, 1) { Streams = [1000] }, 1, Start, Start + (10 * Second), null);
        Assert.True(falls.TrendP < 0.01 && falls.TrendRel < -0.05, $"{falls.TrendP} {falls.TrendRel}");

        long[] wavers = [.. Enumerable.Range(0, 1000).Select(i => (Second / 100) + (i / 100 % 2 == 0 ? 300_000L : -300_000L))];
        Assert.True(RateSummary.Of(new SampleSet(wavers, 1) { Streams = [1000] }, 1, Start, Start + (10 * Second), null).TrendP > 0.01);
    }

    [Fact]
    public void Latency_under_load_is_that_of_all_calls_and_makes_no_claim_on_their_order()
    {
        var samples = new SampleSet([.. Enumerable.Range(1, 2000).Select(i => i * 1000L)], 1) { Streams = [1000, 1000] };
        RateSummary rate = RateSummary.Of(samples, 1, 0, 10 * Second, null);
        LaunchSummary alone = LaunchSummary.From(samples), loaded = LaunchSummary.UnderLoad(samples, rate);

        Assert.Equal((alone.P50Us, alone.P99Us, alone.MaxUs, alone.Count), (loaded.P50Us, loaded.P99Us, loaded.MaxUs, loaded.Count));
        Assert.NotNull(alone.HalfWidthRel);
        Assert.Null(loaded.HalfWidthRel ?? loaded.Lag1 ?? loaded.P99BoundUs);
        Assert.True(loaded is { BlockP50Us: null, Modes: null, P99IntervalUs: null });
        Assert.Equal((rate.PerS, rate.TrendP, rate.TrendRel), (loaded.RatePerS!.Value, loaded.TrendP, loaded.TrendRel));
        Assert.Null(alone.RatePerS);
    }

    private static IEnumerable<long> Same(long length, int count) => Enumerable.Repeat(length, count);

    private static RateSummary Of(long window, int batch, int callsPerSample, params long[][] loops) => RateSummary.Of(
        new SampleSet([.. loops.SelectMany(loop => loop)], callsPerSample) { Streams = [.. loops.Select(loop => loop.Length)] }, batch, Start, Start + window, null);
}
