using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Samples;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Tests.Judging;

/// <summary>What the telemetry of a GPU makes of a launch that is fine otherwise: one test per row of the table, each with its counterpart.</summary>
public sealed class DeviceJudgementTests
{
    private static readonly DeviceTelemetry Quiet = new()
    {
        SmClockP10Mhz = 1590,
        SmClockP50Mhz = 1590,
        CalibratedClockMhz = 1590,
        PowerCapRel = 0,
        ThermalRel = 0,
        SlowdownRel = 0,
        ViolationUs = 0,
        HasForeignProcess = false,
        IsSettled = true,
    };

    private static LaunchJudgement Judge(DeviceTelemetry device, Effort effort = Effort.Standard, double steal = 0)
    {
        LaunchSummary samples = LaunchSummary.From(new SampleSet([.. Enumerable.Range(0, 400).Select(i => 1_000_000L + (i % 50))], 1));
        var result = new ResultMessage
        {
            WindowStart = 0,
            WindowEnd = 1,
            Output = new OutputReport { Finite = true },
            Warmup = new WarmUpReport { Steady = true },
            Effective = new EffectiveReport { Precision = "fp32" },
        };
        var host = new HostTelemetry { StealRel = steal, ForeignCpuRel = 0, CgroupThrottled = 0 };
        return LaunchJudgement.Judge(samples, result, host, device, EffortSettings.For(effort, isCpu: false));
    }

    private static void Is(LaunchJudgement judgement, MeasurementState state, LaunchFlags flags, params string[] notes)
    {
        Assert.Equal(state, judgement.State);
        Assert.Equal(flags, judgement.Flags);
        Assert.Equal(notes, judgement.Notes);
    }

    [Fact]
    public void A_calibrated_card_nobody_disturbs_is_valid() => Is(Judge(Quiet), MeasurementState.Valid, LaunchFlags.None);

    [Theory]
    [InlineData(0.011, MeasurementState.Throttled, LaunchFlags.Thermal)]
    [InlineData(0.010, MeasurementState.Valid, LaunchFlags.None)]
    public void Heat_for_more_than_a_hundredth_of_the_window_is_throttled(double share, MeasurementState state, LaunchFlags flags) =>
        Is(Judge(Quiet with { ThermalRel = share }), state, flags);

    [Theory]
    [InlineData(0.011, MeasurementState.Throttled, LaunchFlags.Slowdown)]
    [InlineData(0.010, MeasurementState.Valid, LaunchFlags.None)]
    public void Protection_by_hardware_or_power_brake_for_more_than_a_hundredth_is_throttled(double share, MeasurementState state, LaunchFlags flags) =>
        Is(Judge(Quiet with { SlowdownRel = share }), state, flags);

    [Fact]
    public void A_small_card_at_its_power_limit_and_its_own_sustained_clock_is_valid_with_a_note() => Is(
        Judge(Quiet with { PowerCapRel = 1, SmClockP10Mhz = 1080, SmClockP50Mhz = 1095, CalibratedClockMhz = 1100 }),
        MeasurementState.Valid, LaunchFlags.PowerLimited, "power-limited (sustained 1095 MHz)");

    [Theory]
    [InlineData(934.9, MeasurementState.Throttled, LaunchFlags.PowerLimited | LaunchFlags.BelowSustained)]
    [InlineData(935.1, MeasurementState.Valid, LaunchFlags.PowerLimited)]
    public void At_its_limit_and_well_below_its_sustained_clock_it_is_throttled(double p10, MeasurementState state, LaunchFlags flags) => Is(
        Judge(Quiet with { PowerCapRel = 1, SmClockP10Mhz = p10, SmClockP50Mhz = 950, CalibratedClockMhz = 1100 }), state, flags, "power-limited (sustained 950 MHz)");

    [Fact]
    public void A_low_clock_without_power_limit_is_somebody_elses_choice() =>
        Is(Judge(Quiet with { PowerCapRel = 0.01, SmClockP10Mhz = 500, SmClockP50Mhz = 500 }), MeasurementState.Valid, LaunchFlags.None);

    [Fact]
    public void Without_calibration_the_limit_is_a_note_and_so_is_that() => Is(
        Judge(Quiet with { PowerCapRel = 1, SmClockP10Mhz = 500, SmClockP50Mhz = 510, CalibratedClockMhz = null }),
        MeasurementState.Valid, LaunchFlags.PowerLimited, "power-limited (sustained 510 MHz)", "uncalibrated");

    [Theory]
    [InlineData(true, MeasurementState.Contended, LaunchFlags.ForeignProcess)]
    [InlineData(false, MeasurementState.Valid, LaunchFlags.None)]
    public void Somebody_elses_process_on_the_device_is_contended(bool isThere, MeasurementState state, LaunchFlags flags) =>
        Is(Judge(Quiet with { HasForeignProcess = isThere }), state, flags);

    [Theory]
    [InlineData(Effort.Standard, MeasurementState.Unstable)]
    [InlineData(Effort.Quick, MeasurementState.Valid)]
    public void A_device_that_still_moved_after_the_warm_up_is_not_steady(Effort effort, MeasurementState state) =>
        Is(Judge(Quiet with { IsSettled = false }, effort), state, LaunchFlags.NotSteady, "not-steady");

    [Fact]
    public void A_warm_up_too_short_to_judge_the_device_by_is_the_workers_to_tell() => Is(Judge(Quiet with { IsSettled = null }), MeasurementState.Valid, LaunchFlags.None);

    public static TheoryData<DeviceTelemetry> Uncounted =>
    [
        Quiet with { SmClockP10Mhz = null },
        Quiet with { PowerCapRel = null },
        Quiet with { ThermalRel = null },
        Quiet with { SlowdownRel = null },
        Quiet with { HasForeignProcess = null },
        Quiet with { ViolationUs = null },
    ];

    [Theory]
    [MemberData(nameof(Uncounted))]
    public void A_counter_the_device_lacks_is_noted(DeviceTelemetry device) => Is(Judge(device), MeasurementState.Valid, LaunchFlags.None, "uncounted");

    [Fact]
    public void Energy_and_memory_are_not_needed_to_judge() =>
        Is(Judge(Quiet with { EnergyMj = null, MemoryBytes = null, UncorrectedErrors = null }), MeasurementState.Valid, LaunchFlags.None);

    [Fact]
    public void A_counter_that_was_not_believed_is_noted() =>
        Is(Judge(Quiet with { IsViolationDiscarded = true }), MeasurementState.Valid, LaunchFlags.None, "violation-discarded");

    [Fact]
    public void A_replayed_device_is_marked_at_every_number() => Is(Judge(Quiet with { IsSimulated = true }), MeasurementState.Valid, LaunchFlags.None, "simulated");

    [Fact]
    public void Contended_is_worse_than_throttled_and_throttled_than_unstable()
    {
        DeviceTelemetry hot = Quiet with { ThermalRel = 1, IsSettled = false };
        Is(Judge(hot), MeasurementState.Throttled, LaunchFlags.Thermal | LaunchFlags.NotSteady, "not-steady");
        Is(Judge(hot, steal: 0.5), MeasurementState.Contended, LaunchFlags.Thermal | LaunchFlags.NotSteady | LaunchFlags.Steal, "not-steady");
    }

    /// <summary>At its power limit a card is held to the lower of the clock it is locked to and the one it sustained.</summary>
    [Theory]
    [InlineData(585, 1590, 585, LaunchFlags.PowerLimited)]
    [InlineData(585, 1590, 497, LaunchFlags.PowerLimited | LaunchFlags.BelowSustained)]
    [InlineData(1590, 1100, 1000, LaunchFlags.PowerLimited)]
    [InlineData(1590, 1100, 930, LaunchFlags.PowerLimited | LaunchFlags.BelowSustained)]
    [InlineData(null, 1590, 585, LaunchFlags.PowerLimited | LaunchFlags.BelowSustained)]
    [InlineData(585, null, 400, LaunchFlags.PowerLimited)]
    public void A_locked_card_is_held_to_no_more_than_it_is_locked_to(int? locked, int? calibrated, int clock, LaunchFlags flags)
    {
        LaunchJudgement judgement = Judge(Quiet with { PowerCapRel = 1, LockedClockMhz = locked, CalibratedClockMhz = calibrated, SmClockP10Mhz = clock, SmClockP50Mhz = clock });
        Assert.Equal(flags, judgement.Flags);
        Assert.Equal(flags.HasFlag(LaunchFlags.BelowSustained) ? MeasurementState.Throttled : MeasurementState.Valid, judgement.State);
    }

    [Theory]
    [InlineData(1590, 1590, false)]
    [InlineData(1590, 1560, false)]
    [InlineData(1590, 1545, true)]
    [InlineData(null, 300, false)]
    public void A_card_that_does_not_keep_the_clock_it_is_locked_to_says_so(int? locked, int clock, bool isBelow) =>
        Assert.Equal(isBelow ? ["below-locked-clock"] : [], Judge(Quiet with { LockedClockMhz = locked, SmClockP50Mhz = clock }).Notes);
}
