using System.Diagnostics;
using System.Runtime;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Statistics;
using Fleetmark.Measurement.Stopping;

namespace Fleetmark.Measurement.Sampling;

/// <summary>The phase <c>sample</c>: bursts of timed calls until the stop rule says enough, inside a region without garbage collection.</summary>
public static class Sampler
{
    private const long NoCollectionBytes = 16 << 20;
    private const long BurstNs = 250_000_000;
    private const int LongestBurst = 4096;

    /// <summary>Takes the samples.</summary>
    /// <typeparam name="TCall">A struct that does not allocate.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="settings">How long.</param>
    /// <param name="buffer">Memory for the samples.</param>
    /// <param name="medianNs">Median of a call during the warm-up; 0 when unknown.</param>
    /// <param name="callsPerSample">Calls timed as one sample.</param>
    /// <param name="observer">Is asked between bursts.</param>
    public static SamplingWindow Run<TCall>(
        ref TCall call, SamplingSettings settings, SampleBuffer buffer, long medianNs, int callsPerSample, IBurstObserver observer)
        where TCall : struct, ITimedCall
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentNullException.ThrowIfNull(observer);
        var rule = new StopRule(settings, buffer.Scratch);
        var bursts = new List<long[]>(capacity: 1024);
        long perSample = Math.Max(1, medianNs * callsPerSample);
        int n = 0;
        long allocated = 0;

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        TimeSpan pauseBefore = GC.GetTotalPauseDuration();
        int collectionsBefore = Collections();
        bool quiet = GC.TryStartNoGCRegion(NoCollectionBytes);
        // Starting the region may collect; that belongs to the preparation.
        if (quiet) (pauseBefore, collectionsBefore) = (GC.GetTotalPauseDuration(), Collections());
        long begin = Stopwatch.GetTimestamp();
        long end = begin;
        try
        {
            while (!rule.IsFinished)
            {
                int burst = Math.Min(BurstLength(perSample, settings, end - begin, n), rule.NextLook - n);
                long burstBegin = Stopwatch.GetTimestamp();
                long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
                TimingLoop.Burst(ref call, buffer.Elapsed.AsSpan(n, burst), callsPerSample);
                allocated += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
                end = Stopwatch.GetTimestamp();
                n += burst;
                bursts.Add([burstBegin, burst]);
                perSample = Math.Max(1, (end - begin) / n);
                rule.Add(buffer.Elapsed.AsSpan(0, n), end - begin);
                observer.Between(new BurstProgress(LaunchPhase.Sample, (long)n * callsPerSample, end - begin, rule.MedianNs / callsPerSample, rule.HalfWidth));
            }

            // Before the region ends: ending it is allowed to collect.
            int collections = Collections() - collectionsBefore;
            double pauseMs = (GC.GetTotalPauseDuration() - pauseBefore).TotalMilliseconds;
            return new SamplingWindow
            {
                WindowStart = begin,
                WindowEnd = end,
                Nanoseconds = buffer.Elapsed[..n],
                CallsPerSample = callsPerSample,
                HalfWidth = BlockInterval.Of(buffer.Elapsed.AsSpan(0, n), buffer.Scratch)?.HalfWidth,
                Bursts = bursts,
                Collections = new CollectionReport { Collections = collections, PauseMs = pauseMs, AllocatedBytes = allocated },
            };
        }
        finally
        {
            if (quiet && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion) GC.EndNoGCRegion();
        }
    }

    /// <summary>About a quarter of a second, and not past the end of the longest window.</summary>
    private static int BurstLength(long perSample, SamplingSettings settings, long elapsed, int n)
    {
        long burst = Math.Clamp(BurstNs / perSample, 1, LongestBurst);
        if (n < settings.FloorCount) return (int)Math.Min(burst, settings.FloorCount - n);
        long left = (settings.MaxMs * 1_000_000L) - elapsed;
        return (int)Math.Clamp(left / perSample, 1, burst);
    }

    // Collections of a generation count for the younger ones too.
    private static int Collections() => GC.CollectionCount(0);
}
