using System.Diagnostics;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Sampling;

namespace Fleetmark.Measurement.Tests.Sampling;

[Collection(typeof(UndisturbedHeap))]
public sealed class SamplerTests
{
    private static readonly SamplingSettings Few =
        new() { MinMs = 0, MinCount = 200, MaxMs = 10_000, MaxCount = 5000, FloorCount = 3, HalfWidth = 100 };

    [Fact]
    public void Window_holds_one_time_for_each_call_and_allocates_nothing()
    {
        var call = new CountedCall(new int[1]);
        SamplingWindow window = Sampler.Run(ref call, Few, new SampleBuffer(5000), 1000, 1, new Bursts());
        Assert.Equal(200, window.Nanoseconds.Length);
        Assert.Equal(200, call.Calls);
        Assert.Equal(0, window.Collections.AllocatedBytes);
        Assert.Equal(0, window.Collections.Collections);
        Assert.All(window.Nanoseconds, value => Assert.InRange(value, 0, window.WindowEnd - window.WindowStart));
        Assert.Equal(200, window.Bursts.Sum(burst => burst[1]));
    }

    [Fact]
    public void Several_calls_make_one_sample()
    {
        var call = new CountedCall(new int[1]);
        SamplingWindow window = Sampler.Run(ref call, Few, new SampleBuffer(5000), 10, 7, new Bursts());
        Assert.Equal(7 * window.Nanoseconds.Length, call.Calls);
        Assert.Equal(7, window.CallsPerSample);
    }

    [Fact]
    public void Most_samples_end_a_window_that_never_gets_narrow_enough()
    {
        var call = new CountedCall(new int[1]);
        SamplingWindow window = Sampler.Run(ref call, Few with { HalfWidth = -1 }, new SampleBuffer(5000), 1000, 1, new Bursts());
        Assert.Equal(5000, window.Nanoseconds.Length);
    }

    [Fact]
    public void Floor_is_reached_even_when_the_time_is_up_at_once()
    {
        var call = new CountedCall(new int[1]);
        SamplingWindow window = Sampler.Run(ref call, Few with { MaxMs = 0 }, new SampleBuffer(5000), 1_000_000_000, 1, new Bursts());
        Assert.Equal(3, window.Nanoseconds.Length);
        Assert.Null(window.HalfWidth);
    }

    [Fact]
    public void Cancel_between_bursts_leaves_the_window_and_the_region_without_collections()
    {
        var call = new CountedCall(new int[1]);
        var buffer = new SampleBuffer(5000);
        Assert.Throws<OperationCanceledException>(() => Sampler.Run(ref call, Few, buffer, 1000, 1, new Bursts(cancelAt: 1)));
        Assert.Equal(200, Sampler.Run(ref call, Few, buffer, 1000, 1, new Bursts()).Nanoseconds.Length);
    }

    [Fact]
    public void Allocation_inside_the_call_is_seen()
    {
        var call = default(WastefulCall);
        SamplingWindow window = Sampler.Run(ref call, Few, new SampleBuffer(5000), 1000, 1, new Bursts());
        Assert.InRange(window.Collections.AllocatedBytes, 200 * 1000, long.MaxValue);
    }

    [Theory]
    [InlineData(600, 30, 1)]
    [InlineData(599, 30, 2)]
    [InlineData(100, 30, 6)]
    [InlineData(0, 30, 600)]
    public void Calls_near_the_floor_of_the_timer_are_taken_together(long medianNs, long floorNs, int expected) =>
        Assert.Equal(expected, SampleBuffer.CallsPerSample(medianNs, floorNs));

    [Fact]
    public void Timer_floor_is_the_median_of_pairs_that_were_all_read()
    {
        long[] pairs = new long[1001];
        Array.Fill(pairs, -1);
        long begin = Stopwatch.GetTimestamp();
        long floor = TimingLoop.FloorNanoseconds(pairs);
        long elapsed = Stopwatch.GetTimestamp() - begin;
        Assert.DoesNotContain(-1, pairs);
        Assert.Equal(pairs.Order().ElementAt(500), floor);
        // Half of the pairs took at least the floor, and all of them fit into the time of the call, on however slow a machine.
        Assert.InRange(501 * floor, 1, elapsed);
    }

    private readonly struct WastefulCall : ITimedCall
    {
        public void Invoke() => GC.KeepAlive(new byte[1000]);
    }
}
