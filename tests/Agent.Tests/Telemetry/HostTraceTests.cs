using Fleetmark.Agent.Telemetry;
using Fleetmark.Measurement.Judging;

namespace Fleetmark.Agent.Tests.Telemetry;

public sealed class HostTraceTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void An_idle_machine_shows_the_worker_alone()
    {
        HostTelemetry seen = HostTrace.Over([At(0, busy: 0, own: 0), At(2, busy: 400, own: 400)], Second / 2, Second, isLockHeld: true);
        Assert.Equal(0, seen.StealRel);
        Assert.Equal(0, seen.ForeignCpuRel);
        Assert.Equal(0, seen.CgroupThrottled);
        Assert.False(seen.IsLockLost);
    }

    [Fact]
    public void Shares_are_of_the_window_alone()
    {
        HostSample[] samples = [At(0, busy: 0, own: 0), At(1, busy: 200, own: 100, stolen: 0), At(2, busy: 380, own: 300, stolen: 20), At(3, busy: 580, own: 300, stolen: 20)];
        HostTelemetry seen = HostTrace.Over(samples, Second, 2 * Second, isLockHeld: true);
        Assert.Equal(0.10, seen.StealRel!.Value, 6);
        Assert.Equal(0, seen.ForeignCpuRel!.Value, 6);
        HostTelemetry before = HostTrace.Over(samples, 0, Second, isLockHeld: true);
        Assert.Equal(0.5, before.ForeignCpuRel!.Value, 6);
    }

    [Fact]
    public void Between_two_samples_counters_grow_evenly()
    {
        HostSample[] samples = [At(0, busy: 0, own: 0), At(1, busy: 100, own: 0), At(2, busy: 100, own: 0)];
        Assert.Equal(0.25, HostTrace.Over(samples, Second / 2, 3 * Second / 2, isLockHeld: true).ForeignCpuRel!.Value, 6);
    }

    [Fact]
    public void The_quota_counts_if_it_bit_in_any_interval_the_window_touches()
    {
        HostSample[] samples = [At(0, throttled: 3), At(1, throttled: 3), At(2, throttled: 5), At(3, throttled: 9)];
        Assert.Equal(2, HostTrace.Over(samples, Second, 2 * Second, isLockHeld: true).CgroupThrottled);
        Assert.Equal(2, HostTrace.Over(samples, Second + 1, (2 * Second) - 1, isLockHeld: true).CgroupThrottled);
        Assert.Equal(0, HostTrace.Over(samples, 0, Second, isLockHeld: true).CgroupThrottled);
    }

    [Theory]
    [InlineData(-1.0, 1.0)]
    [InlineData(1.0, 3.0)]
    [InlineData(1.0, 1.1)]
    public void A_window_outside_the_trace_or_too_short_for_the_counters_is_unknown(double start, double end)
    {
        HostTelemetry seen = HostTrace.Over([At(0), At(2)], (long)(start * Second), (long)(end * Second), isLockHeld: true);
        Assert.Null(seen.StealRel);
        Assert.Null(seen.ForeignCpuRel);
        Assert.Null(seen.CgroupThrottled);
    }

    [Fact]
    public void A_lost_lock_is_told() => Assert.True(HostTrace.Over([], 0, 1, isLockHeld: false).IsLockLost);

    /// <summary>Two cores: 200 ticks a second in all.</summary>
    private static HostSample At(double seconds, long busy = 0, long own = 0, long stolen = 0, long throttled = 0) =>
        new((long)(seconds * Second), new CpuTimes(busy, stolen, (long)(seconds * 200)), own, throttled);
}
