using Fleetmark.Measurement.Judging;

namespace Fleetmark.Agent.Telemetry;

/// <summary>The host's counters over a launch, and what they say about its sampling window.</summary>
internal static class HostTrace
{
    /// <summary>Counters move in steps of 10 ms a core: of a shorter window they say nothing.</summary>
    private const long ShortestWindow = 200_000_000;

    /// <summary>What happened between two moments; counters are taken to grow evenly between two samples.</summary>
    /// <param name="samples">In the order of time.</param>
    /// <param name="start">Begin of the window, in <c>CLOCK_MONOTONIC</c> nanoseconds.</param>
    /// <param name="end">Its end.</param>
    /// <param name="isLockHeld">Whether the device lock was held to the end.</param>
    internal static HostTelemetry Over(IReadOnlyList<HostSample> samples, long start, long end, bool isLockHeld)
    {
        bool covered = samples.Count > 1 && end - start >= ShortestWindow && samples[0].At <= start && samples[^1].At >= end;
        double? total = covered ? Growth(samples, start, end, sample => sample.Cpu?.Total) : null;
        double? busy = covered ? Growth(samples, start, end, sample => sample.Cpu?.Busy) : null;
        double? stolen = covered ? Growth(samples, start, end, sample => sample.Cpu?.Stolen) : null;
        double? own = covered ? Growth(samples, start, end, sample => sample.OwnTicks) : null;
        return new HostTelemetry
        {
            StealRel = total > 0 ? Share(stolen, total) : null,
            ForeignCpuRel = total > 0 ? Share(busy - own, total) : null,
            CgroupThrottled = covered ? Throttled(samples, start, end) : null,
            IsLockLost = !isLockHeld,
        };
    }

    private static double? Share(double? part, double? total) => part is null ? null : Math.Clamp(part.Value / total!.Value, 0, 1);

    private static double? Growth(IReadOnlyList<HostSample> samples, long start, long end, Func<HostSample, long?> counter) =>
        At(samples, end, counter) - At(samples, start, counter);

    private static double? At(IReadOnlyList<HostSample> samples, long moment, Func<HostSample, long?> counter)
    {
        int after = 1;
        while (samples[after].At < moment) after++;
        HostSample low = samples[after - 1], high = samples[after];
        double share = high.At == low.At ? 1 : (double)(moment - low.At) / (high.At - low.At);
        return counter(low) + (share * (counter(high) - counter(low)));
    }

    /// <summary>A count of events is not shared out: it grew if the samples around the window differ.</summary>
    private static long? Throttled(IReadOnlyList<HostSample> samples, long start, long end) =>
        samples.First(sample => sample.At >= end).Throttled - samples.Last(sample => sample.At <= start).Throttled;
}
