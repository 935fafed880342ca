using Fleetmark.Agent.Nvml;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Tests.Telemetry;

/// <summary>Traces of ten readings a second; the window is seconds 10 to 12.</summary>
public sealed class GpuTraceTests
{
    private const long Second = 1_000_000_000;
    private const long Start = 10 * Second;
    private const long End = 12 * Second;

    private static readonly ResultMessage Result = new()
    {
        WindowStart = Start,
        WindowEnd = End,
        Output = new OutputReport { Finite = true },
        Warmup = new WarmUpReport { Steady = true, WindowsNs = [1, 1, 1, 1, 1, 1] },
    };

    [Fact]
    public void Clocks_heat_and_power_are_those_of_the_window()
    {
        DeviceTelemetry device = Over(Trace(at => new GpuSample
        {
            At = at,
            SmClockMhz = at is >= Start and <= End ? at < Start + (Second / 2) ? 1000u : 1500 : 300,
            TemperatureC = (uint)(50 + (at / Second)),
            PowerMw = at is >= Start and <= End ? 70_000u : 20_000,
        }));
        Assert.Equal((1000, 1500), (device.SmClockP10Mhz, device.SmClockP50Mhz));
        Assert.Equal((58, 62), (device.TempStartC, device.TempMaxC));
        Assert.Equal((20, 70), (device.PowerStartW, device.PowerMeanW));
    }

    [Fact]
    public void A_window_shorter_than_the_beat_has_the_reading_next_to_it()
    {
        GpuSample[] samples = Trace(at => new GpuSample { At = at, SmClockMhz = (uint)(at / (Second / 10)) });
        ResultMessage shortly = Result with { WindowStart = Start + 10_000_000, WindowEnd = Start + 20_000_000 };
        Assert.Equal(100, GpuTrace.Over(new GpuLaunchTrace(samples, false, false, null), shortly, WarmUp, null).SmClockP50Mhz);
    }

    [Theory]
    [InlineData(0ul, 0.0)]
    [InlineData(50_000_000ul, 0.025)]
    [InlineData(2_000_000_000ul, 1.0)]
    [InlineData(2_050_000_000ul, 1.0)]
    public void Violations_are_what_the_counter_grew_by_between_the_edges(ulong nanoseconds, double share)
    {
        DeviceTelemetry device = Over(Counted(one => one with { ThermalNs = one.At >= End ? 7 + nanoseconds : 7 }));
        Assert.Equal(share, device.ThermalRel!.Value, 4);
        Assert.Equal(share * 2e6, device.ViolationUs!.Value, 1);
        Assert.False(device.IsViolationDiscarded);
    }

    [Fact]
    public void A_counter_that_grew_by_more_than_the_time_is_not_believed_and_the_readings_decide()
    {
        DeviceTelemetry device = Over(Counted(one => one with { ThermalNs = one.At >= End ? 3_000_000_000ul : 0 }, ClockEvents.SoftwareThermal));
        Assert.True(device.IsViolationDiscarded);
        Assert.Equal(1, device.ThermalRel);
        Assert.Null(device.ViolationUs);
        Assert.True(Over(Counted(one => one with { PowerNs = one.At >= End ? 0 : 5ul })).IsViolationDiscarded);
    }

    [Theory]
    [InlineData(ClockEvents.PowerCap, 1.0, 0.0, 0.0)]
    [InlineData(ClockEvents.SoftwareThermal, 0.0, 1.0, 0.0)]
    [InlineData(ClockEvents.HardwareThermal, 0.0, 1.0, 0.0)]
    [InlineData(ClockEvents.HardwareSlowdown, 0.0, 0.0, 1.0)]
    [InlineData(ClockEvents.PowerBrake, 0.0, 0.0, 1.0)]
    [InlineData(ClockEvents.Idle | ClockEvents.ApplicationClocks | ClockEvents.SyncBoost | ClockEvents.Display, 0.0, 0.0, 0.0)]
    internal void Reasons_count_by_the_readings_that_show_them(ClockEvents events, double cap, double heat, double slowdown)
    {
        DeviceTelemetry device = Over(Counted(one => one with { PowerNs = 0, ThermalNs = 0 }, events));
        Assert.Equal((cap, heat, slowdown), (device.PowerCapRel, device.ThermalRel, device.SlowdownRel));
        Assert.Equal((long)events, device.ClockEventBits);
    }

    [Fact]
    public void Reasons_outside_the_window_do_not_count()
    {
        DeviceTelemetry device = Over(Trace(at => new GpuSample { At = at, Events = at is >= Start and <= End ? ClockEvents.None : ClockEvents.SoftwareThermal }));
        Assert.Equal((0, 0), (device.ThermalRel, device.ClockEventBits));
    }

    [Fact]
    public void Counters_at_the_edges_are_taken_before_those_of_the_beat()
    {
        // Once a second, and at the edges of the phases: 30 ms after they begin.
        GpuSample[] samples =
        [
            .. Trace(at => new GpuSample { At = at, Counters = at % Second == Second / 2 ? Counters(at) with { ThermalNs = 999 } : null }),
            new GpuSample { At = Start + 30_000_000, Counters = Counters(Start + 30_000_000) with { ThermalNs = 0 } },
            new GpuSample { At = End + 30_000_000, Counters = Counters(End + 30_000_000) with { ThermalNs = 500_000_000 } },
        ];
        Assert.Equal(0.25, Over([.. samples.OrderBy(sample => sample.At)]).ThermalRel!.Value, 6);
    }

    [Theory]
    [InlineData(0, 150, true)]
    [InlineData(-150, 0, true)]
    [InlineData(0, 151, false)]
    [InlineData(-151, 0, false)]
    public void Counters_further_than_a_beat_from_an_edge_count_something_else(int atStart, int atEnd, bool areTaken)
    {
        long first = Start + (atStart * 1_000_000L), last = End + (atEnd * 1_000_000L);
        GpuSample[] samples =
        [
            .. Trace(at => new GpuSample { At = at, PowerMw = 60_000 }),
            new GpuSample { At = first, Counters = Counters(first) with { ThermalNs = 0, EnergyMj = 0 } },
            new GpuSample { At = last, Counters = Counters(last) with { ThermalNs = 500_000_000, EnergyMj = 200_000 } },
        ];
        DeviceTelemetry device = Over([.. samples.OrderBy(sample => sample.At)]);
        Assert.Equal((areTaken, areTaken, !areTaken), (device.ThermalRel is not null, device.ViolationUs is not null, device.IsEnergyEstimated));
        if (!areTaken) Assert.Equal(120_000, device.EnergyMj);
    }

    [Fact]
    public void Energy_is_counted_or_summed_up_from_power_and_then_marked()
    {
        DeviceTelemetry counted = Over(Counted(one => one with { EnergyMj = (ulong)(one.At / 1_000_000 * 70) }));
        Assert.Equal((140_000L, false), (counted.EnergyMj, counted.IsEnergyEstimated));
        DeviceTelemetry estimated = Over(Trace(at => new GpuSample { At = at, PowerMw = 60_000 }));
        Assert.Equal((120_000L, true), (estimated.EnergyMj, estimated.IsEnergyEstimated));
        DeviceTelemetry unknown = Over(Trace(at => new GpuSample { At = at }));
        Assert.Equal((null, null), (unknown.EnergyMj, unknown.IsEnergyEstimated));
    }

    [Fact]
    public void Energy_of_a_loop_is_counted_per_image_and_above_what_the_idle_device_uses()
    {
        // 20 W before the worker, from second 9 on 70 W.
        GpuSample[] samples = Counted(one => one with { EnergyMj = (ulong)((20 * (Math.Min(one.At, Started) / Millisecond)) + (70 * (Math.Max(0, one.At - Started) / Millisecond))) });
        EnergyTelemetry energy = Energy(samples)!;
        Assert.Equal((140_000, 2, 800, false), (energy.EnergyMj, energy.Seconds, energy.Images, energy.IsEstimated));
        Assert.Equal((20, 1), (energy.IdleW!.Value, energy.IdleSeconds));
        Assert.Equal((175_000, 125_000), (energy.UjPerItem, energy.NetUjPerItem!.Value));
    }

    [Fact]
    public void Energy_of_a_device_that_does_not_count_it_is_summed_up_from_power()
    {
        EnergyTelemetry energy = Energy(Trace(at => new GpuSample { At = at, PowerMw = at <= Started ? 30_000u : 60_000 }))!;
        Assert.Equal((120_000, true), (energy.EnergyMj, energy.IsEstimated));
        Assert.Equal((30, 150_000, 75_000), (energy.IdleW!.Value, energy.UjPerItem, energy.NetUjPerItem!.Value));
    }

    [Fact]
    public void A_device_on_which_something_ran_was_not_idle()
    {
        GpuSample[] samples = Trace(at => new GpuSample { At = at, PowerMw = 60_000, Processes = new GpuCensus(at == 85 * Tenth || at >= Started ? 1 : 0, 0) });
        EnergyTelemetry energy = Energy(samples)!;
        Assert.Equal((null, null), (energy.IdleW, energy.NetUjPerItem));
        Assert.Equal(20, Energy([.. samples.Select(sample => sample with { Processes = new GpuCensus(0, 0), PowerMw = sample.At <= Started ? 20_000u : 60_000 })])!.IdleW);
    }

    [Fact]
    public void A_loop_that_was_not_made_as_asked_or_not_watched_tells_nothing()
    {
        GpuSample[] samples = Trace(at => new GpuSample { At = at, PowerMw = 60_000 });
        Assert.NotNull(Energy(samples, Loop));
        Assert.Null(Energy(samples, null));
        Assert.Null(Energy(samples, Loop with { End = Loop.End - 1 }));
        Assert.Null(Energy(samples, Loop with { Start = 0 }));
        Assert.Null(Energy(samples, Loop with { End = 13 * Second }));
        Assert.Null(Energy(Trace(at => new GpuSample { At = at }), Loop));
    }

    private const long Tenth = Second / 10;
    private const long Millisecond = 1_000_000;
    private const long Started = 9 * Second;

    private static readonly EnergyReport Loop = new() { Start = Start, End = End, Calls = 200 };

    private static EnergyTelemetry? Energy(GpuSample[] samples) => Energy(samples, Loop);

    private static EnergyTelemetry? Energy(GpuSample[] samples, EnergyReport? loop) =>
        GpuTrace.EnergyOver(new GpuLaunchTrace(samples, false, false, null, Started), loop, new EnergySettings { MinMs = 2000 }, batch: 4);

    [Fact]
    public void The_link_is_that_of_the_window_and_without_one_the_fastest_seen()
    {
        GpuSample[] samples = Trace(at => new GpuSample { At = at, Link = at < Start ? new PcieLink(4, 16) : at < End ? new PcieLink(3, 8) : new PcieLink(1, 8) });
        var trace = new GpuLaunchTrace(samples, false, false, null);
        Assert.Equal(new PcieLink(3, 8), GpuTrace.Link(trace, Result));
        Assert.Equal(new PcieLink(4, 16), GpuTrace.Link(trace, null));
        Assert.Equal(default, GpuTrace.Link(trace with { Samples = Trace(at => new GpuSample { At = at }) }, Result));
    }

    [Fact]
    public void What_the_device_does_not_tell_is_null()
    {
        DeviceTelemetry device = GpuTrace.Over(new GpuLaunchTrace(Trace(at => new GpuSample { At = at }), null, false, null), Result, WarmUp, null);
        Assert.Equal((null, null, null), (device.SmClockP10Mhz, device.SmClockP50Mhz, device.CalibratedClockMhz));
        Assert.Equal((null, null, null), (device.PowerCapRel, device.ThermalRel, device.SlowdownRel));
        Assert.Equal((null, null, null), (device.HasForeignProcess, device.IsSettled, device.ClockEventBits));
        Assert.Equal((null, null, null), (device.MemoryBytes, device.UncorrectedErrors, device.ViolationUs));
    }

    [Fact]
    public void Memory_errors_are_those_that_came_during_the_launch()
    {
        Assert.Equal(2, Over(Counted(one => one with { UncorrectedErrors = one.At > Start ? 5ul : 3 })).UncorrectedErrors);
        Assert.Equal(0, Over(Counted(one => one with { UncorrectedErrors = 3 })).UncorrectedErrors);
    }

    [Fact]
    public void The_clock_the_card_is_locked_to_goes_with_its_telemetry()
    {
        GpuSample[] samples = Trace(at => new GpuSample { At = at, SmClockMhz = 585 });
        Assert.Equal(585, GpuTrace.Over(new GpuLaunchTrace(samples, false, false, null), Result, WarmUp, 1500, 585).LockedClockMhz);
        Assert.Null(Over(samples).LockedClockMhz);
    }

    [Fact]
    public void A_clock_that_still_rose_at_the_end_of_the_warm_up_is_not_settled()
    {
        Assert.False(Over(Trace(at => new GpuSample { At = at, SmClockMhz = at < Start - (Second / 2) ? 1000u : 1500 })).IsSettled);
        Assert.True(Over(Trace(at => new GpuSample { At = at, SmClockMhz = 1500 })).IsSettled);
    }

    private static WarmUpSettings WarmUp => EffortSettings.For(Effort.Standard, isCpu: false).WarmUp;

    private static DeviceTelemetry Over(GpuSample[] samples) => GpuTrace.Over(new GpuLaunchTrace(samples, false, false, null), Result, WarmUp, 1500);

    private static GpuSample[] Trace(Func<long, GpuSample> read) => [.. Enumerable.Range(80, 50).Select(tenth => read(tenth * (Second / 10)))];

    private static GpuSample[] Counted(Func<GpuCounters, GpuCounters> count, ClockEvents events = ClockEvents.None) =>
        Trace(at => new GpuSample { At = at, Events = events, Counters = count(Counters(at)) });

    private static GpuCounters Counters(long at) => new(at, null, null, null, null, null, null, null);
}
