using System.Diagnostics;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Sampling;
using Fleetmark.Measurement.Statistics;
using Fleetmark.Measurement.Tests.Sampling;
using Fleetmark.Measurement.WarmUp;

namespace Fleetmark.Measurement.Tests.WarmUp;

public sealed class WarmUpPhaseTests
{
    private const long HalfSecondNs = 500_000_000;

    private static readonly WarmUpSettings Short =
        new() { MinMs = 2, MinCalls = 10, CapMs = 60_000, WindowMs = 1, WindowCalls = 5, Windows = 4, Ratio = 1e9, SlowCalls = 0 };

    [Fact]
    public void Minimum_of_calls_and_windows_is_reached_before_it_is_steady()
    {
        var call = new CountedCall(new int[1]);
        (WarmUpReport report, long median) = WarmUpPhase.Run(ref call, Short, 1000, new SampleBuffer(10), new Bursts());
        Assert.True(report.Steady);
        Assert.InRange(report.WindowsNs.Count, 4, int.MaxValue);
        Assert.InRange(report.Calls, 20, int.MaxValue);
        Assert.Equal(report.Calls, call.Calls);
        Assert.Equal(report.WindowsNs[^1], median);
    }

    [Fact]
    public void Cap_ends_a_warm_up_that_is_never_steady()
    {
        var call = default(BusyCall);
        // No windows can be that close: the greatest would have to be below the smallest.
        (WarmUpReport report, _) = WarmUpPhase.Run(ref call, Short with { Ratio = 0.5, CapMs = 300, Windows = 2 }, 300_000, new SampleBuffer(10), new Bursts());
        Assert.False(report.Steady);
    }

    [Fact]
    public void Too_few_windows_at_the_cap_leave_the_answer_open()
    {
        var call = new CountedCall(new int[1]);
        (WarmUpReport report, _) = WarmUpPhase.Run(ref call, Short with { CapMs = 0 }, 1000, new SampleBuffer(10), new Bursts());
        Assert.Null(report.Steady);
        Assert.Single(report.WindowsNs);
    }

    [Fact]
    public void Windows_that_stand_still_are_not_steady_without_the_minimum_of_calls()
    {
        var call = default(BusyCall);
        WarmUpSettings settings = Short with { MinCalls = 1_000_000, CapMs = 300, WindowCalls = 1, Windows = 2 };
        (WarmUpReport report, _) = WarmUpPhase.Run(ref call, settings, 300_000, new SampleBuffer(10), new Bursts());
        Assert.False(report.Steady);
    }

    [Fact]
    public void Minimum_of_time_is_reached_before_it_is_steady()
    {
        var call = new CountedCall(new int[1]);
        long begin = Stopwatch.GetTimestamp();
        (WarmUpReport report, _) = WarmUpPhase.Run(ref call, Short with { MinMs = 40, Windows = 2 }, 1000, new SampleBuffer(10), new Bursts());
        Assert.True(report.Steady);
        Assert.True(Stopwatch.GetElapsedTime(begin) >= TimeSpan.FromMilliseconds(40), "it ended before its minimum");
    }

    [Fact]
    public void Window_that_lacks_calls_is_cut_at_four_times_its_length()
    {
        var call = default(BusyCall);
        var bursts = new Bursts();
        (WarmUpReport report, _) = WarmUpPhase.Run(ref call, Short with { WindowCalls = 1_000_000, CapMs = 0 }, 300_000, new SampleBuffer(10), bursts);
        Assert.Single(report.WindowsNs);
        Assert.True(bursts.Seen[^1].ElapsedNs >= 4_000_000, "it was cut before four times its length");
        // One call before the window, then as many of 0.3 ms as reach 4 ms.
        Assert.InRange(report.Calls, 2, 15);
    }

    [Fact]
    public void Window_of_more_calls_than_are_kept_is_judged_by_a_full_buffer()
    {
        const int WindowCalls = 200_000;
        var call = new CountedCall(new int[1]);
        var buffer = new SampleBuffer(10);
        Array.Fill(buffer.Window, -1);
        (WarmUpReport report, _) = WarmUpPhase.Run(ref call, Short with { WindowMs = 50, WindowCalls = WindowCalls, CapMs = 0 }, 1000, buffer, new Bursts());
        Assert.InRange(report.Calls, WindowCalls, int.MaxValue);
        Assert.Equal(call.Calls, report.Calls);
        Assert.DoesNotContain(-1, buffer.Window);
        Assert.Equal((long)BlockInterval.MedianOf(buffer.Window, new long[buffer.Window.Length]), Assert.Single(report.WindowsNs));
    }

    [Fact]
    public void Second_call_of_half_a_second_makes_the_slow_calls_the_whole_warm_up()
    {
        var call = new SlowOnceCall(new int[1]);
        var bursts = new Bursts();
        (WarmUpReport report, long median) = WarmUpPhase.Run(ref call, Short with { SlowCalls = 3 }, HalfSecondNs, new SampleBuffer(10), bursts);
        Assert.Equal((3, 3), (call.Calls, report.Calls));
        Assert.Null(report.Steady);
        Assert.Empty(report.WindowsNs);
        Assert.Equal([1, 2, 3], bursts.Seen.Select(burst => burst.Calls));
        Assert.Equal(bursts.Seen[^1].MedianNs, median);
    }

    [Fact]
    public void Slow_first_call_alone_does_not_shorten_a_warm_up_that_asks_for_slow_calls()
    {
        var call = new CountedCall(new int[1]);
        (WarmUpReport report, _) = WarmUpPhase.Run(ref call, Short with { SlowCalls = 3 }, HalfSecondNs, new SampleBuffer(10), new Bursts());
        Assert.True(report.Steady);
    }

    [Fact]
    public void First_call_of_half_a_second_is_the_whole_warm_up_when_no_slow_calls_are_asked()
    {
        var call = new CountedCall(new int[1]);
        (WarmUpReport report, long median) = WarmUpPhase.Run(ref call, Short, HalfSecondNs, new SampleBuffer(10), new Bursts());
        Assert.Equal((0, 0, HalfSecondNs), (call.Calls, report.Calls, median));
        Assert.Null(report.Steady);
    }

    [Fact]
    public void Cancel_between_bursts_leaves_the_phase()
    {
        var call = new CountedCall(new int[1]);
        Assert.Throws<OperationCanceledException>(() => WarmUpPhase.Run(ref call, Short, 1000, new SampleBuffer(10), new Bursts(cancelAt: 2)));
    }

    /// <summary>Takes half a second once, and then only counts.</summary>
    private readonly struct SlowOnceCall(int[] calls) : ITimedCall
    {
        internal int Calls => calls[0];

        public void Invoke()
        {
            long begin = Stopwatch.GetTimestamp();
            if (calls[0]++ == 0)
                while (Stopwatch.GetTimestamp() - begin < HalfSecondNs) Thread.SpinWait(100);
        }
    }

    /// <summary>Longer than the calls for which a coarser ratio is allowed.</summary>
    private readonly struct BusyCall : ITimedCall
    {
        public void Invoke()
        {
            long begin = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(begin) < TimeSpan.FromMilliseconds(0.3)) Thread.SpinWait(10);
        }
    }
}
