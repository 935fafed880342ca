using Fleetmark.Agent.Jobs;
using Fleetmark.Agent.Nvml;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Samples;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Agent.Tests.Jobs;

/// <summary>100 samples of 10 ms from second 1 on, in bursts of 25; the 30th takes 50 ms.</summary>
public sealed class WorstMomentsTests
{
    private const long Millisecond = 1_000_000;
    private const long Start = 1000 * Millisecond;
    private static readonly long[] Times = [.. Enumerable.Range(0, 100).Select(i => i == 30 ? 50 * Millisecond : 10 * Millisecond)];
    private static readonly SampleSet Samples = new(Times, 1);

    private static readonly ResultMessage Result = new()
    {
        WindowStart = Start,
        WindowEnd = Start + Times.Sum(),
        Output = new OutputReport { Finite = true },
        Bursts = [[Start, 25], [Start + (260 * Millisecond), 25], [Start + (560 * Millisecond), 50]],
    };

    [Fact]
    public void A_slow_sample_is_placed_by_the_bursts()
    {
        WorstMoment worst = Moments(Result)[0];
        Assert.Equal((30, 50_000.0, 310 * Millisecond), (worst.Index, worst.Us, worst.AtNs));
        Assert.Empty(worst.Events);
    }

    [Fact]
    public void Steal_and_a_throttled_quota_around_it_belong_to_it()
    {
        Assert.Equal(["steal"], Moments(Result, host: at => Host(at, stolen: at > Start + (330 * Millisecond) ? 5 : 0))[0].Events);
        Assert.Equal(["cgroup-throttled"], Moments(Result, host: at => Host(at, throttled: at > Start + (330 * Millisecond) ? 1 : 0))[0].Events);
        Assert.Empty(Moments(Result, host: at => Host(at, stolen: at > Start + (700 * Millisecond) ? 5 : 0))[0].Events);
        Assert.Empty(Moments(Result, host: at => Host(at, stolen: at > Start + (100 * Millisecond) ? 5 : 0))[0].Events);
    }

    [Theory]
    [InlineData(ClockEvents.PowerCap, "power-cap")]
    [InlineData(ClockEvents.SoftwareThermal, "thermal")]
    [InlineData(ClockEvents.HardwareThermal, "thermal")]
    [InlineData(ClockEvents.PowerBrake, "slowdown")]
    internal void What_the_device_showed_around_it_belongs_to_it(ClockEvents events, string word)
    {
        Assert.Equal([word], Moments(Result, gpu: at => at == Start + (400 * Millisecond) ? events : ClockEvents.None)[0].Events);
        Assert.Empty(Moments(Result, gpu: at => at == Start + (700 * Millisecond) ? events : ClockEvents.None)[0].Events);
    }

    [Fact]
    public void A_collection_may_have_been_at_any_of_them() =>
        Assert.All(Moments(Result with { Gc = new CollectionReport { Collections = 1 } }), moment => Assert.Equal(["gc"], moment.Events));

    [Fact]
    public void Without_bursts_nobody_knows_when_it_was() =>
        Assert.All(Moments(Result with { Bursts = null }, host: at => Host(at, stolen: at)), moment => Assert.True(moment.AtNs is null && moment.Events.Count == 0));

    [Fact]
    public void Bursts_that_do_not_fit_the_samples_are_not_believed()
    {
        Assert.Null(Moments(Result with { Bursts = [[Start, 10]] })[0].AtNs);
        Assert.Null(Moments(Result with { Bursts = [[Start]] })[0].AtNs);
    }

    private static HostSample Host(long at, long stolen = 0, long throttled = 0) => new(at, new CpuTimes(0, stolen, at), 0, throttled);

    private static WorstMoment[] Moments(ResultMessage result, Func<long, HostSample>? host = null, Func<long, ClockEvents>? gpu = null)
    {
        long[] beats = [.. Enumerable.Range(9, 15).Select(tenth => tenth * 100 * Millisecond)];
        var trace = new LaunchTrace(
            new LaunchStart(null, null, null, [0]),
            host is null ? [] : [.. beats.Select(host)],
            gpu is null ? null : new GpuLaunchTrace([.. beats.Select(at => new GpuSample { At = at, Events = gpu(at) })], false, false, null));
        return [.. WorstMoments.Of(LaunchSummary.From(Samples), Samples, result, trace)];
    }
}
