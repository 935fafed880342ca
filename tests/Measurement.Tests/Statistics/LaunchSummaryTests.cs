using Fleetmark.Measurement.Samples;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Tests.Statistics;

public sealed class LaunchSummaryTests
{
    private static LaunchSummary Of(IEnumerable<long> nanoseconds, int callsPerSample = 1) => LaunchSummary.From(new SampleSet([.. nanoseconds], callsPerSample));

    [Fact]
    public void Quantiles_are_of_type_seven_and_in_microseconds()
    {
        LaunchSummary summary = Of(Enumerable.Range(1, 20).Select(i => i * 1000L));
        Assert.Equal((1, 20, 10.5, 10.5), (summary.MinUs, summary.MaxUs, summary.P50Us, summary.MeanUs));
        Assert.Equal(1.95, summary.P5Us!.Value, 1e-9);
        Assert.Equal(18.1, summary.P90Us!.Value, 1e-9);
        Assert.Equal(19.05, summary.P95Us!.Value, 1e-9);
        Assert.Equal(9.5, summary.IqrUs!.Value, 1e-9);
        Assert.Equal(5, summary.MadUs, 1e-9);
        Assert.Equal(5.916079783, summary.SdUs!.Value, 1e-8);
    }

    [Theory]
    [InlineData(1, false, false, false)]
    [InlineData(19, false, false, false)]
    [InlineData(20, true, false, false)]
    [InlineData(999, true, false, false)]
    [InlineData(1000, true, true, false)]
    [InlineData(9999, true, true, false)]
    [InlineData(10_000, true, true, true)]
    public void A_percentile_needs_its_number_of_samples(int count, bool p95, bool p99, bool p999)
    {
        LaunchSummary summary = Of(Enumerable.Range(0, count).Select(i => 5000L + (i % 7)));
        Assert.Equal((p95, p95, p95), (summary.P5Us is not null, summary.P90Us is not null, summary.P95Us is not null));
        Assert.Equal((p99, p999), (summary.P99Us is not null, summary.P999Us is not null));
        Assert.Equal(count >= 30, summary.HalfWidthRel is not null);
        Assert.Equal(count >= 30, summary.BlockP50Us is not null);
    }

    [Fact]
    public void Several_calls_per_sample_leave_only_the_median()
    {
        LaunchSummary summary = Of(Enumerable.Repeat(30_000L, 20_000), callsPerSample: 10);
        Assert.Equal(3, summary.P50Us);
        Assert.Null(summary.P5Us ?? summary.P90Us ?? summary.P95Us ?? summary.P99Us ?? summary.P999Us ?? summary.P99BoundUs ?? summary.P999BoundUs);
        Assert.Null(summary.P5IntervalUs ?? summary.P90IntervalUs ?? summary.P95IntervalUs ?? summary.P99IntervalUs ?? summary.P999IntervalUs);
        LaunchSummary uneven = Of([.. Enumerable.Range(0, 2000).Select(i => i % 2 == 0 ? 30_000L : 60_000L), 900_000], callsPerSample: 10);
        Assert.Null(uneven.IqrUs);
        Assert.Null(uneven.Modes);
        Assert.Empty(uneven.Worst);
        Assert.Equal(0, uneven.Outliers);
        LaunchSummary single = Of([.. Enumerable.Range(0, 2000).Select(i => i % 2 == 0 ? 30_000L : 60_000L), 900_000]);
        Assert.NotNull(single.IqrUs);
        Assert.NotEmpty(single.Worst);
    }

    [Fact]
    public void A_delay_in_two_percent_of_the_calls_moves_the_tail_and_not_the_median()
    {
        long[] calm = [.. Enumerable.Range(0, 10_000).Select(i => 1_000_000L + (i % 100))];
        long[] delayed = [.. calm.Select((value, i) => i % 50 == 7 ? value + 1_000_000 : value)];
        LaunchSummary before = Of(calm);
        LaunchSummary after = Of(delayed);
        Assert.Equal(before.P50Us, after.P50Us, 0.002);
        Assert.InRange(after.P99Us!.Value, 2000, 2000.2);
        Assert.InRange(after.P999Us!.Value, 2000, 2000.2);
        Assert.Equal(200, after.Outliers);
        Assert.Equal(0, before.Outliers);
    }

    [Fact]
    public void A_stall_of_one_millisecond_in_two_percent_of_the_calls_is_seen_in_the_tail_exactly()
    {
        // Calls of 5 ms with 1 % noise that are known, so the percentiles with and without stalls can be told to the nanosecond.
        var random = new Random(20210614);
        long[] calm = [.. Enumerable.Range(0, 20_000).Select(_ => 5_000_000L + random.Next(-50_000, 50_001))];
        long[] stalled = [.. calm.Select((value, i) => i % 50 == 49 ? value + 1_000_000 : value)];
        LaunchSummary before = Of(calm);
        LaunchSummary after = Of(stalled);
        // 400 stalled samples are the largest: the 99th percentile is the 200th of them from above, the 99.9th the 20th, between two neighbours as type 7 says.
        long[] slowest = [.. stalled.Order()];
        Assert.Equal((slowest[19_799] + (0.01 * (slowest[19_800] - slowest[19_799]))) / 1000, after.P99Us!.Value, 1e-6);
        Assert.Equal((slowest[19_979] + (0.001 * (slowest[19_980] - slowest[19_979]))) / 1000, after.P999Us!.Value, 1e-6);
        Assert.All(slowest[19_600..], value => Assert.InRange(value, 5_950_000, 6_050_000));
        Assert.InRange(after.P99Us.Value - before.P99Us!.Value, 900, 1000);
        // The median moves by the 2 % of the order: less than 1 % of the noise.
        Assert.Equal(before.P50Us, after.P50Us, 1.5);
        Assert.Equal(before.P90Us!.Value, after.P90Us!.Value, 2.5);
        Assert.Equal(before.P95Us!.Value, after.P95Us!.Value, 2.5);
        Assert.Equal(400, after.Outliers);
        Assert.Equal(0.02, after.OutlierShare);
        Assert.All(after.Worst, worst => Assert.Equal(49, worst.Index % 50));
    }

    [Fact]
    public void The_ten_slowest_are_kept_with_their_places()
    {
        LaunchSummary summary = Of(Enumerable.Range(0, 100).Select(i => i % 9 == 4 ? 2_000_000L + (i * 1000) : 1_000_000L));
        Assert.Equal([94, 85, 76, 67, 58, 49, 40, 31, 22, 13], summary.Worst.Select(worst => worst.Index));
        Assert.Equal(2094, summary.Worst[0].Us);
        Assert.Equal([0, 1, 2], Of([7, 7, 7]).Worst.Select(worst => worst.Index));
    }

    /// <summary>Mean and standard deviation of the order statistics under the weights <c>diff(scipy.stats.beta.cdf(…, (n + 1) p, (n + 1)(1 - p)))</c> of scipy 1.10; t(0.975, 999) = 1.962341.</summary>
    [Fact]
    public void The_interval_of_a_percentile_is_that_of_harrell_and_davis()
    {
        LaunchSummary summary = Of(Enumerable.Range(0, 1000).Select(i => 1000L * ((i * 7919 % 1009) + 1)));
        Is(50.547608, 6.999898, summary.P5IntervalUs);
        Is(908.644723, 9.706417, summary.P90IntervalUs);
        Is(959.5, 6.891196, summary.P95IntervalUs);
        Is(999.5, 3.156513, summary.P99IntervalUs);
        Assert.Null(summary.P999IntervalUs);

        static void Is(double estimate, double error, QuantileInterval? interval)
        {
            Assert.Equal(estimate - (1.962341 * error), interval!.LowUs, 1e-4);
            Assert.Equal(estimate + (1.962341 * error), interval.HighUs, 1e-4);
        }
    }

    [Theory]
    [InlineData(458, false, false)]
    [InlineData(459, true, false)]
    [InlineData(4602, true, false)]
    [InlineData(4603, true, true)]
    public void The_bound_of_the_tail_needs_fewer_samples_than_the_percentile(int count, bool p99, bool p999)
    {
        LaunchSummary summary = Of(Enumerable.Range(1, count).Select(i => i * 1000L));
        Assert.Equal((p99, p999), (summary.P99BoundUs is not null, summary.P999BoundUs is not null));
        if (count == 459) Assert.Equal(459, summary.P99BoundUs);
    }

    [Fact]
    public void Neighbours_that_are_alike_show_in_the_autocorrelation()
    {
        Assert.InRange(Of(Enumerable.Range(0, 1000).Select(i => 1000L + (i / 100))).Lag1!.Value, 0.9, 1);
        Assert.InRange(Of(Enumerable.Range(0, 1000).Select(i => 1000L + (i % 2))).Lag1!.Value, -1, -0.9);
        Assert.Null(Of(Enumerable.Repeat(1000L, 10)).Lag1);
    }

    [Fact]
    public void Two_levels_are_bimodal_with_their_shares()
    {
        var random = new Random(3);
        LaunchSummary summary = Of(Enumerable.Range(0, 2000).Select(_ => (random.NextDouble() < 0.3 ? 1_100_000L : 1_000_000L) + random.Next(-5000, 5000)));
        Modes modes = Assert.IsType<Modes>(summary.Modes);
        Assert.InRange(modes.LowerUs, 990, 1010);
        Assert.InRange(modes.UpperUs, 1090, 1110);
        Assert.InRange(modes.UpperShare, 0.25, 0.35);
    }

    [Theory]
    [InlineData(1_100_000L, 0.05)]
    [InlineData(1_010_000L, 0.3)]
    [InlineData(1_000_000L, 0.5)]
    public void Small_shares_and_near_levels_are_not_bimodal(long upper, double share)
    {
        var random = new Random(3);
        Assert.Null(Of(Enumerable.Range(0, 2000).Select(_ => (random.NextDouble() < share ? upper : 1_000_000L) + random.Next(-2000, 2000))).Modes);
    }

    [Fact]
    public void A_rise_over_the_window_shows_in_the_trend()
    {
        LaunchSummary rising = Of(Enumerable.Range(0, 1000).Select(i => 1_000_000L + (i * 50)));
        Assert.True(rising.TrendP < 1e-6);
        Assert.InRange(rising.TrendRel!.Value, 0.04, 0.05);
        Assert.Equal(0, Of(Enumerable.Repeat(1000L, 100)).TrendRel);
    }
}
