using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Samples;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Tests.Judging;

public sealed class LaunchJudgementTests
{
    private static readonly HostTelemetry Quiet = new() { StealRel = 0, ForeignCpuRel = 0, CgroupThrottled = 0 };

    private static readonly ResultMessage Steady = new()
    {
        WindowStart = 0,
        WindowEnd = 1,
        Output = new OutputReport { Finite = true },
        Warmup = new WarmUpReport { Steady = true },
        Gc = new CollectionReport(),
        Effective = new EffectiveReport { Precision = "fp32" },
    };

    private static LaunchSummary Samples(Func<int, long> nanoseconds, int count = 400) =>
        LaunchSummary.From(new SampleSet([.. Enumerable.Range(0, count).Select(nanoseconds)], 1));

    private static LaunchSummary Calm() => Samples(i => 1_000_000 + (i % 50));

    private static LaunchJudgement Judge(LaunchSummary? samples = null, ResultMessage? result = null, HostTelemetry? host = null, Effort effort = Effort.Standard) =>
        LaunchJudgement.Judge(samples ?? Calm(), result ?? Steady, host ?? Quiet, device: null, EffortSettings.For(effort, isCpu: true));

    private static void Is(LaunchJudgement judgement, MeasurementState state, LaunchFlags flags, params string[] notes)
    {
        Assert.Equal(state, judgement.State);
        Assert.Equal(flags, judgement.Flags);
        Assert.Equal(notes, judgement.Notes);
    }

    [Fact]
    public void Calm_samples_on_a_quiet_host_are_valid() => Is(Judge(), MeasurementState.Valid, LaunchFlags.None);

    [Theory]
    [InlineData(Effort.Standard, MeasurementState.Unstable)]
    [InlineData(Effort.Quick, MeasurementState.Valid)]
    public void Unsteady_warm_up_is_unstable_and_in_quick_a_note(Effort effort, MeasurementState state) =>
        Is(Judge(result: Steady with { Warmup = new WarmUpReport { Steady = false } }, effort: effort), state, LaunchFlags.NotSteady, "not-steady");

    private static LaunchSummary Loops(double trendRel = 0, double trendP = 1) => LaunchSummary.UnderLoad(
        new SampleSet([.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? 1_000_000L : 2_000_000L)], 1) { Streams = [200, 200] },
        new RateSummary { PerS = 40, EachS = [], TrendP = trendP, TrendRel = trendRel });

    /// <summary>Two levels of call times are the nature of a shared device, and the launch is the unit: no interval inside one is missed.</summary>
    [Fact]
    public void A_throughput_launch_is_valid_without_an_interval() => Is(Judge(Loops()), MeasurementState.Valid, LaunchFlags.None);

    [Theory]
    [InlineData(Effort.Standard, -0.02, 0.001, MeasurementState.Unstable)]
    [InlineData(Effort.Quick, -0.02, 0.001, MeasurementState.Valid)]
    public void A_rate_that_drifts_is_as_bad_as_a_time_that_drifts(Effort effort, double rel, double p, MeasurementState state) =>
        Is(Judge(Loops(rel, p), effort: effort), state, LaunchFlags.Drift, "drift");

    [Fact]
    public void A_rate_that_drifts_by_less_than_a_percent_does_not() => Is(Judge(Loops(-0.009, 0.001)), MeasurementState.Valid, LaunchFlags.None);

    [Fact]
    public void A_throughput_launch_beside_others_is_contended_and_one_that_allocates_unstable()
    {
        Is(Judge(Loops(), host: Quiet with { ForeignCpuRel = 0.5 }), MeasurementState.Contended, LaunchFlags.ForeignCpu);
        Is(Judge(Loops(), Steady with { Gc = new CollectionReport { AllocatedBytes = 24 } }), MeasurementState.Unstable, LaunchFlags.Gc);
    }

    [Fact]
    public void Warm_up_without_enough_windows_is_noted() =>
        Is(Judge(result: Steady with { Warmup = new WarmUpReport() }), MeasurementState.Valid, LaunchFlags.None, "warm-up-untested");

    [Fact]
    public void Warm_up_a_worker_says_nothing_of_is_noted() =>
        Is(Judge(result: Steady with { Warmup = null }), MeasurementState.Valid, LaunchFlags.None, "warm-up-unreported");

    [Theory]
    [InlineData(Effort.Standard, MeasurementState.Unstable)]
    [InlineData(Effort.Quick, MeasurementState.Valid)]
    public void Drift_is_unstable_and_in_quick_a_note(Effort effort, MeasurementState state) =>
        Is(Judge(Samples(i => 1_000_000 + (i * 50)), effort: effort), state, LaunchFlags.Drift, "drift");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_worker_that_does_not_say_in_which_precision_it_computed_is_noted(string? precision) =>
        Is(Judge(result: Steady with { Effective = new EffectiveReport { Precision = precision } }), MeasurementState.Valid, LaunchFlags.None, "precision-unproven");

    [Fact]
    public void Certain_rise_below_one_percent_is_no_drift()
    {
        LaunchSummary samples = Samples(i => 1_000_000 + (i * 20));
        Assert.InRange(samples.TrendP!.Value, 0, 0.001);
        Assert.InRange(samples.TrendRel!.Value, 0.007, 0.009);
        Is(Judge(samples), MeasurementState.Valid, LaunchFlags.None);
    }

    [Fact]
    public void Uncertain_rise_above_one_percent_is_no_drift()
    {
        // A rise of 0.1 % from block to block, hidden in levels that jump by up to 5 %.
        LaunchSummary samples = Samples(i => 1_000_000 + (i / 20 * 1000) + (i / 20 * 9 % 20 * 2500) + (i % 20));
        Assert.InRange(samples.TrendP!.Value, 0.011, 0.5);
        Assert.InRange(samples.TrendRel!.Value, 0.011, 0.05);
        Is(Judge(samples), MeasurementState.Valid, LaunchFlags.None);
    }

    [Theory]
    [InlineData(1, 0.0, 0L)]
    [InlineData(0, 0.1, 0L)]
    [InlineData(0, 0.0, 24L)]
    public void Collection_pause_or_allocation_in_the_window_is_unstable(int collections, double pauseMs, long allocatedBytes) => Is(
        Judge(result: Steady with { Gc = new CollectionReport { Collections = collections, PauseMs = pauseMs, AllocatedBytes = allocatedBytes } }),
        MeasurementState.Unstable, LaunchFlags.Gc);

    [Fact]
    public void Worker_without_a_collector_has_nothing_to_report() => Is(Judge(result: Steady with { Gc = null }), MeasurementState.Valid, LaunchFlags.None);

    [Fact]
    public void Interval_above_the_limit_is_unstable() => Is(
        Judge(Samples(i => 1_000_000 + (i / 20 % 2 * 100_000) + (i * 7919 % 5000))), MeasurementState.Unstable, LaunchFlags.WideInterval | LaunchFlags.Bimodal, "bimodal (1000 and 1105 µs)", "target-missed");

    [Fact]
    public void Too_few_samples_for_an_interval_are_noted() => Is(Judge(Samples(i => 1_000_000 + i, 5)), MeasurementState.Valid, LaunchFlags.None, "no-interval");

    [Theory]
    [InlineData(0.011, 0.0, 0L, false, LaunchFlags.Steal)]
    [InlineData(0.0, 0.051, 0L, false, LaunchFlags.ForeignCpu)]
    [InlineData(0.0, 0.0, 1L, false, LaunchFlags.CgroupThrottled)]
    [InlineData(0.0, 0.0, 0L, true, LaunchFlags.LockLost)]
    public void Every_kind_of_foreign_use_is_contended(double steal, double foreign, long throttled, bool lockLost, LaunchFlags flag) => Is(
        Judge(host: new HostTelemetry { StealRel = steal, ForeignCpuRel = foreign, CgroupThrottled = throttled, IsLockLost = lockLost }), MeasurementState.Contended, flag);

    [Fact]
    public void Limits_are_those_of_the_effort() =>
        Is(Judge(host: Quiet with { StealRel = 0.04, ForeignCpuRel = 0.19 }, effort: Effort.Quick), MeasurementState.Valid, LaunchFlags.None);

    [Fact]
    public void Missing_counters_are_noted() =>
        Is(Judge(host: new HostTelemetry { StealRel = null, ForeignCpuRel = 0, CgroupThrottled = 0 }), MeasurementState.Valid, LaunchFlags.None, "uncounted");

    [Fact]
    public void The_worst_reason_wins() => Is(
        Judge(Samples(i => 1_000_000 + (i * 50)), host: Quiet with { StealRel = 0.5 }), MeasurementState.Contended, LaunchFlags.Drift | LaunchFlags.Steal, "drift");
}
