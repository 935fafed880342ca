using Fleetmark.Agent.Nvml;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Samples;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Agent.Jobs;

/// <summary>
/// Looks up what was seen around the slowest samples: pure. A sample is placed by the bursts the worker tells; an event belongs to it when it lies between the two readings
/// around it, so within a tenth of a second. That is a hint where to look, not a cause.
/// </summary>
internal static class WorstMoments
{
    private static readonly (ClockEvents Events, string Word)[] DeviceWords =
    [
        (ClockEvents.PowerCap, "power-cap"),
        (ClockEvents.SoftwareThermal | ClockEvents.HardwareThermal, "thermal"),
        (ClockEvents.HardwareSlowdown | ClockEvents.PowerBrake, "slowdown"),
    ];

    /// <summary>The slowest samples, slowest first.</summary>
    internal static IEnumerable<WorstMoment> Of(LaunchSummary summary, SampleSet samples, ResultMessage result, LaunchTrace trace)
    {
        foreach (WorstSample worst in summary.Worst)
        {
            long? begin = Begin(worst.Index, samples, result.Bursts);
            long end = (begin ?? 0) + samples.Nanoseconds[worst.Index];
            // A worker tells that its collector ran in the window, not when.
            IEnumerable<string> collected = result.Gc is { Collections: > 0 } ? ["gc"] : [];
            IEnumerable<string> events = begin is { } at ? [.. collected, .. OfHost(trace.Host, at, end), .. OfDevice(trace.Gpu?.Samples ?? [], at, end)] : collected;
            yield return new WorstMoment(worst.Index, worst.Us, begin - result.WindowStart, [.. events]);
        }
    }

    /// <summary>When a sample began: samples of a burst follow each other at once.</summary>
    private static long? Begin(int index, SampleSet samples, IReadOnlyList<long[]>? bursts)
    {
        long first = 0;
        foreach (long[] burst in bursts ?? [])
        {
            if (burst.Length != 2 || burst[1] < 0) return null;
            if (index < first + burst[1])
            {
                long at = burst[0];
                for (long i = first; i < index; i++) at += samples.Nanoseconds[(int)i];
                return at;
            }

            first += burst[1];
        }

        return null;
    }

    private static IEnumerable<string> OfHost(IReadOnlyList<HostSample> samples, long begin, long end)
    {
        HostSample[] around = [.. Around(samples, sample => sample.At, begin, end)];
        if (around.Length < 2) yield break;
        if (around[^1].Cpu?.Stolen > around[0].Cpu?.Stolen) yield return "steal";
        if (around[^1].Throttled > around[0].Throttled) yield return "cgroup-throttled";
    }

    private static IEnumerable<string> OfDevice(IReadOnlyList<GpuSample> samples, long begin, long end)
    {
        ClockEvents seen = Around(samples, sample => sample.At, begin, end).Aggregate(ClockEvents.None, (all, sample) => all | (sample.Events ?? ClockEvents.None));
        return DeviceWords.Where(one => (seen & one.Events) != ClockEvents.None).Select(one => one.Word);
    }

    /// <summary>The readings from the last one before a time to the first one after it.</summary>
    private static IEnumerable<T> Around<T>(IReadOnlyList<T> samples, Func<T, long> at, long begin, long end)
    {
        int first = 0;
        while (first + 1 < samples.Count && at(samples[first + 1]) <= begin) first++;
        for (int i = first; i < samples.Count; i++)
        {
            yield return samples[i];
            if (at(samples[i]) >= end) yield break;
        }
    }
}
