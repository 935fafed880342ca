using System.Diagnostics;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Sampling;
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
