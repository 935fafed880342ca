using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Sampling;
using Fleetmark.Worker.Throughput;

namespace Fleetmark.Worker.Tests.Throughput;

public sealed class LoopWarmUpTests
{
    private const long Millisecond = 1_000_000;
    private const int Spins = 2000;

    private static readonly WarmUpSettings Settings = new() { MinMs = 10, MinCalls = 20, CapMs = int.MaxValue, WindowMs = 2, WindowCalls = 2, Windows = 4, Ratio = 1.05, SlowCalls = 3 };

    [Fact]
    public void A_rate_that_stands_still_is_steady_and_windows_are_the_time_per_completed_call()
    {
        (WarmUpReport report, double perCallNs) = Run(Settings, growthNs: 0);

        Assert.True(report.Steady);
        Assert.Equal(Millisecond, perCallNs);
        Assert.True(report.WindowsNs.Count >= Settings.Windows && report.Calls >= Settings.MinCalls);
        Assert.All(report.WindowsNs, window => Assert.Equal(Millisecond, window));
    }

    [Fact]
    public void A_rate_that_falls_is_not_steady_at_the_cap()
    {
        // Six windows that rise one after the other are a trend, however close they are.
        (WarmUpReport report, double perCallNs) = Run(Settings with { Windows = 6 }, growthNs: Millisecond / 2);

        Assert.False(report.Steady);
        Assert.True(perCallNs > Millisecond);
    }

    [Fact]
    public void Slow_calls_warm_up_by_their_number()
    {
        (WarmUpReport report, double perCallNs) = Run(Settings, growthNs: 0, callNs: 600 * Millisecond);

        Assert.Null(report.Steady);
        Assert.Empty(report.WindowsNs);
        Assert.True(report.Calls >= Settings.SlowCalls);
        Assert.Equal(600 * Millisecond, perCallNs);
    }

    [Fact]
    public void Where_slow_cells_need_no_warm_up_the_first_call_was_it() =>
        Assert.Equal((0, 700.0 * Millisecond), Run(Settings with { SlowCalls = 0 }, 0, firstNs: 700 * Millisecond) is var (report, perCall) ? (report.Calls, perCall) : default);

    [Fact]
    public void What_is_told_meanwhile_is_the_time_of_a_call_of_one_loop()
    {
        var told = new Told();
        Run(Settings, growthNs: 0, observer: told);
        Assert.NotEmpty(told.Progress);
        Assert.All(told.Progress, progress => Assert.Equal((LaunchPhase.Warmup, Millisecond), (progress.Phase, progress.MedianNs)));
    }

    /// <summary>One loop, so that only its own calls move the clock.</summary>
    private static (WarmUpReport Report, double PerCallNs) Run(WarmUpSettings settings, long growthNs, long callNs = Millisecond, long firstNs = 0, Told? observer = null)
    {
        var clock = new FakeClock();
        using var loops = new ClosedLoops<GrowingCall, FakeClock.Ticks>([new GrowingCall(clock, callNs, growthNs)], new FakeClock.Ticks(clock));
        return LoopWarmUp.Run(loops, new FakeClock.Ticks(clock), settings, firstNs, observer ?? new Told(), TestContext.Current.CancellationToken);
    }

    private sealed class Told : IBurstObserver
    {
        internal List<BurstProgress> Progress { get; } = [];

        public void Between(BurstProgress progress) => Progress.Add(progress);
    }

    private struct GrowingCall(FakeClock clock, long length, long growth) : ITimedCall
    {
        private long _length = length;

        public void Invoke()
        {
            // A clock that runs without any work would run over before anybody looks at it.
            Thread.SpinWait(Spins);
            clock.Advance(_length);
            _length += growth;
        }
    }
}
