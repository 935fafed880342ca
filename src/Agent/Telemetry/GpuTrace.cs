using Fleetmark.Agent.Nvml;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Statistics;
using Fleetmark.Measurement.WarmUp;

namespace Fleetmark.Agent.Telemetry;

/// <summary>What the readings of a GPU say about the sampling window of a launch: pure.</summary>
internal static class GpuTrace
{
    private const ClockEvents Heat = ClockEvents.SoftwareThermal | ClockEvents.HardwareThermal;
    private const ClockEvents Slowdown = ClockEvents.HardwareSlowdown | ClockEvents.PowerBrake;
    private const double NanosecondsPerSecond = 1e9;
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const double NanosecondsPerMicrosecond = 1000;
    private const double MilliwattsPerWatt = 1000;

    /// <summary>One beat of the readings in nanoseconds, and half a beat for a reading that came late.</summary>
    private const long AtEdge = 150_000_000;

    /// <summary>A counter that is kept in coarse steps may run ahead of the clock by this share.</summary>
    private const double Ahead = 1.05;

    /// <summary>Sums up.</summary>
    /// <param name="trace">The readings.</param>
    /// <param name="result">The worker's window and warm-up.</param>
    /// <param name="warmUp">How it was asked to warm up.</param>
    /// <param name="calibratedClockMhz">Sustained clock of the card's calibration; null when it has none.</param>
    /// <param name="lockedClockMhz">Clock the card was locked to; null when it chose by itself.</param>
    internal static DeviceTelemetry Over(GpuLaunchTrace trace, ResultMessage result, WarmUpSettings warmUp, double? calibratedClockMhz, double? lockedClockMhz = null)
    {
        GpuSample[] window = Window(trace.Samples, result.WindowStart, result.WindowEnd);
        (GpuCounters First, GpuCounters Last)? counters = Edges(trace.Samples, result.WindowStart, result.WindowEnd);
        (double? energyMj, bool? isEstimated) = EnergyOver(trace.Samples, result.WindowStart, result.WindowEnd);
        double[] clocks = Values(window, sample => sample.SmClockMhz);
        (double? power, bool isPowerOdd) = Share(counters, one => one.PowerNs);
        (double? thermal, bool isThermalOdd) = Share(counters, one => one.ThermalNs);
        double[] powers = Values(window, sample => sample.PowerMw);
        double? meanW = powers.Length == 0 ? null : powers.Average() / MilliwattsPerWatt;
        double seconds = (result.WindowEnd - result.WindowStart) / NanosecondsPerSecond;
        return new DeviceTelemetry
        {
            SmClockP10Mhz = Quantiles.Of(clocks, 0.1),
            SmClockP50Mhz = Quantiles.Of(clocks, 0.5),
            CalibratedClockMhz = calibratedClockMhz,
            LockedClockMhz = lockedClockMhz,
            PowerCapRel = Greater(power, Seen(window, ClockEvents.PowerCap)),
            ThermalRel = Greater(thermal, Seen(window, Heat)),
            SlowdownRel = Seen(window, Slowdown),
            HasForeignProcess = trace.HasForeignProcess,
            IsSimulated = trace.IsSimulated,
            IsSettled = DeviceSettling.Test(
                Readings(trace.Samples, sample => sample.SmClockMhz), Readings(trace.Samples, sample => sample.TemperatureC), result.Warmup, warmUp, result.WindowStart),
            IsViolationDiscarded = isPowerOdd || isThermalOdd,
            TempStartC = trace.Samples[0].TemperatureC,
            TempMaxC = Values(window, sample => sample.TemperatureC) is { Length: > 0 } heat ? heat.Max() : null,
            PowerStartW = trace.Samples[0].PowerMw / MilliwattsPerWatt,
            PowerMeanW = meanW,
            ViolationUs = thermal * seconds * NanosecondsPerSecond / NanosecondsPerMicrosecond,
            ClockEventBits = window.Any(sample => sample.Events is not null) ? (long)window.Aggregate(ClockEvents.None, (all, sample) => all | (sample.Events ?? ClockEvents.None)) : null,
            EnergyMj = (long?)energyMj,
            IsEnergyEstimated = isEstimated,
            MemoryBytes = Values(trace.Samples, sample => sample.MemoryUsed) is { Length: > 0 } memory ? (long)memory.Max() : null,
            UncorrectedErrors = UncorrectedErrors(trace.Samples),
        };
    }

    /// <summary>The link in the window at its fastest, or in the whole launch where it has none: a card that idles lets it slow down.</summary>
    internal static PcieLink Link(GpuLaunchTrace trace, ResultMessage? result)
    {
        IReadOnlyList<GpuSample> seen = result is null ? trace.Samples : Window(trace.Samples, result.WindowStart, result.WindowEnd);
        return new PcieLink(seen.Max(sample => sample.Link.Generation), seen.Max(sample => sample.Link.Width));
    }

    /// <summary>
    /// What a call costs, from the loop the worker made for it. Null when the worker made none, or a shorter one than was asked, or one that was not watched, and where the
    /// device tells nothing.
    /// </summary>
    /// <param name="trace">The readings.</param>
    /// <param name="loop">What the worker says of its loop.</param>
    /// <param name="asked">What it was asked.</param>
    /// <param name="batch">Images per call.</param>
    internal static EnergyTelemetry? EnergyOver(GpuLaunchTrace trace, EnergyReport? loop, EnergySettings asked, int batch)
    {
        long first = trace.Samples[0].At;
        if (loop is null || loop.End - loop.Start < asked.MinMs * NanosecondsPerMillisecond || loop.Start < first || loop.End > trace.Samples[^1].At) return null;
        (double? energy, bool? isEstimated) = EnergyOver(trace.Samples, loop.Start, loop.End);
        if (energy is not { } energyMj) return null;
        double idle = Math.Max(0, (trace.WorkerStart ?? first) - first) / NanosecondsPerSecond;
        bool wasIdle = idle > 0 && !trace.Samples.Any(sample => sample.At < trace.WorkerStart && sample.Processes is { Count: > 0 });
        double? idleMj = wasIdle ? EnergyOver(trace.Samples, first, trace.WorkerStart!.Value).EnergyMj : null;
        return new EnergyTelemetry
        {
            EnergyMj = energyMj,
            Seconds = (loop.End - loop.Start) / NanosecondsPerSecond,
            Images = loop.Calls * batch,
            IdleW = idleMj / idle / MilliwattsPerWatt,
            IdleSeconds = idle,
            IsEstimated = isEstimated == true,
        };
    }

    /// <summary>Energy between two moments in mJ, by the device's counter or, marked as estimated, summed up from its power; null where it tells neither.</summary>
    private static (double? EnergyMj, bool? IsEstimated) EnergyOver(IReadOnlyList<GpuSample> samples, long start, long end)
    {
        double seconds = (end - start) / NanosecondsPerSecond;
        if (Energy(Edges(samples, start, end), seconds) is { } counted) return (counted, false);
        double[] powers = Values(Window(samples, start, end), sample => sample.PowerMw);
        return powers.Length == 0 ? (null, null) : (powers.Average() * seconds, true);
    }

    /// <summary>Memory errors that could not be corrected and came during the launch; null where they are not counted.</summary>
    internal static long? UncorrectedErrors(IReadOnlyList<GpuSample> samples)
    {
        ulong[] counts = [.. samples.Select(sample => sample.Counters?.UncorrectedErrors).OfType<ulong>()];
        return counts.Length == 0 ? null : (long)(counts[^1] - counts[0]);
    }

    /// <summary>The readings inside the window; in a window shorter than the beat the one closest to it.</summary>
    private static GpuSample[] Window(IReadOnlyList<GpuSample> samples, long start, long end)
    {
        GpuSample[] inside = [.. samples.Where(sample => sample.At >= start && sample.At <= end)];
        return inside.Length > 0 ? inside : [samples.MinBy(sample => Math.Abs(sample.At - start - ((end - start) / 2)))!];
    }

    /// <summary>
    /// The counters closest to begin and end of the window; null when they are the same ones, or further away than a beat: what they counted is not the window's then. A worker
    /// that tells its phases has them read at both edges, for another they are read once a second.
    /// </summary>
    private static (GpuCounters First, GpuCounters Last)? Edges(IReadOnlyList<GpuSample> samples, long start, long end)
    {
        GpuCounters[] all = [.. samples.Select(sample => sample.Counters).OfType<GpuCounters>()];
        if (all.Length == 0) return null;
        GpuCounters first = all.MinBy(one => Math.Abs(one.At - start)), last = all.MinBy(one => Math.Abs(one.At - end));
        return first.At < last.At && Math.Abs(first.At - start) <= AtEdge && Math.Abs(last.At - end) <= AtEdge ? (first, last) : null;
    }

    /// <summary>Share of the time between the edges; a counter that grew by more than that time is not believed.</summary>
    private static (double? Share, bool IsOdd) Share((GpuCounters First, GpuCounters Last)? edges, Func<GpuCounters, ulong?> counter)
    {
        if (edges is not var (first, last) || counter(first) is not { } before || counter(last) is not { } after) return (null, false);
        double share = ((double)after - before) / (last.At - first.At);
        return share is < 0 or > Ahead ? (null, true) : (Math.Min(share, 1), false);
    }

    /// <summary>Energy of the window by the device's counter, in mJ.</summary>
    private static double? Energy((GpuCounters First, GpuCounters Last)? edges, double seconds) =>
        edges is var (first, last) && first.EnergyMj is { } before && last.EnergyMj is { } after && after >= before
            ? (after - before) * seconds * NanosecondsPerSecond / (last.At - first.At)
            : null;

    /// <summary>Share of the readings that show an event; null when none shows any.</summary>
    private static double? Seen(GpuSample[] window, ClockEvents events)
    {
        ClockEvents[] told = [.. window.Select(sample => sample.Events).OfType<ClockEvents>()];
        return told.Length == 0 ? null : (double)told.Count(one => (one & events) != ClockEvents.None) / told.Length;
    }

    /// <summary>What the counter misses for its steps the readings may show, and the reverse.</summary>
    private static double? Greater(double? counted, double? seen) => counted is null ? seen : seen is null ? counted : Math.Max(counted.Value, seen.Value);

    private static double[] Values(IEnumerable<GpuSample> samples, Func<GpuSample, double?> value) => [.. samples.Select(value).OfType<double>()];

    private static DeviceReading[] Readings(IEnumerable<GpuSample> samples, Func<GpuSample, double?> value) =>
        [.. samples.Where(sample => value(sample) is not null).Select(sample => new DeviceReading(sample.At, value(sample)!.Value))];
}
