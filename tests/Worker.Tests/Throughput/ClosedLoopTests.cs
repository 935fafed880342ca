using Fleetmark.Measurement.Sampling;
using Fleetmark.Worker.Throughput;

namespace Fleetmark.Worker.Tests.Throughput;

/// <summary>One loop on a clock that only its calls move: what counts is exact.</summary>
public sealed class ClosedLoopTests
{
    [Fact]
    public void A_call_that_lies_across_an_edge_of_the_window_does_not_count()
    {
        // Calls end at 30, 60, …; the window is 100 to 250: the one from 90 and the one from 240 lie across its edges.
        LoopSamples samples = Run(callNs: 30, new CommonWindow(100, 250, 1, []), out long[] elapsed);

        Assert.Equal(new LoopSamples(120, 4, 0, IsFull: false), samples);
        Assert.Equal([30, 30, 30, 30], elapsed[..4]);
    }

    [Fact]
    public void A_call_from_edge_to_edge_counts()
    {
        LoopSamples samples = Run(callNs: 25, new CommonWindow(100, 150, 1, []), out _);

        Assert.Equal((100, 2), (samples.Begin, samples.Count));
        Assert.Equal(1, Run(callNs: 50, new CommonWindow(100, 199, 1, []), out _).Count);
        Assert.Equal(0, Run(callNs: 100, new CommonWindow(100, 199, 1, []), out _).Count);
    }

    [Fact]
    public void Several_calls_are_one_sample_and_one_that_is_not_whole_does_not_count()
    {
        LoopSamples samples = Run(callNs: 10, new CommonWindow(100, 195, 3, []), out long[] elapsed);

        Assert.Equal(3, samples.Count);
        Assert.Equal([30, 30, 30], elapsed[..3]);
    }

    [Fact]
    public void Full_memory_is_told_and_nothing_is_written_behind_it()
    {
        LoopSamples samples = Run(callNs: 1, new CommonWindow(100, 10_000, 1, []), out long[] elapsed);

        Assert.Equal((16, true), (samples.Count, samples.IsFull));
        Assert.Equal(16, elapsed.Length);
        Assert.False(Run(callNs: 1, new CommonWindow(100, 116, 1, []), out _).IsFull);
    }

    [Fact]
    public void What_a_call_allocates_in_the_window_is_counted()
    {
        var clock = new FakeClock();
        var call = new AllocatingCall(clock);
        Assert.True(ClosedLoop.Time(ref call, new FakeClock.Ticks(clock), new CommonWindow(0, 100, 1, []), new long[16]).AllocatedBytes >= 10 * 24);
    }

    [Fact]
    public void The_progress_of_a_loop_is_its_calls_and_the_end_of_the_last()
    {
        var clock = new FakeClock();
        var call = new SteadyCall(clock, 30);
        CommonWindow? window = new(100, 250, 1, []);
        LoopCount count = default;

        Assert.Same(window, ClosedLoop.WarmUp(ref call, new FakeClock.Ticks(clock), ref count, ref window));
        Assert.Equal((4, 120), count.Read());
    }

    private static LoopSamples Run(long callNs, CommonWindow window, out long[] elapsed)
    {
        var clock = new FakeClock();
        var call = new SteadyCall(clock, callNs);
        CommonWindow? open = window;
        LoopCount count = default;
        elapsed = new long[16];
        CommonWindow seen = ClosedLoop.WarmUp(ref call, new FakeClock.Ticks(clock), ref count, ref open);
        return ClosedLoop.Time(ref call, new FakeClock.Ticks(clock), seen, elapsed);
    }

    private readonly struct SteadyCall(FakeClock clock, long length) : ITimedCall
    {
        public void Invoke() => clock.Advance(length);
    }

    private readonly struct AllocatingCall(FakeClock clock) : ITimedCall
    {
        public void Invoke()
        {
            GC.KeepAlive(new object());
            clock.Advance(10);
        }
    }
}
