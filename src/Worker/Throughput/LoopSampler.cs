using System.Runtime;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Sampling;
using Fleetmark.Worker.Protocol;

namespace Fleetmark.Worker.Throughput;

/// <summary>The phase <c>sample</c> of concurrent loops: one window with the same deadline for all, inside a region without garbage collection.</summary>
internal static class LoopSampler
{
    private const long NoCollectionBytes = 16 << 20;
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const int FewestSamplesOfRoom = 1024;

    /// <summary>A loop may get this many times its share of the calls, all together this many times what the warm-up promised.</summary>
    private const int RoomForUnfairness = 4;
    private const double RoomForSpeed = 2;

    /// <summary>Takes the samples of the window and ends the loops.</summary>
    /// <param name="loops">The loops, warm.</param>
    /// <param name="ticks">Their clock.</param>
    /// <param name="settings">How long; the window lasts <see cref="SamplingSettings.MinMs"/>, longer only where a loop would not complete enough calls.</param>
    /// <param name="perCallNs">Time per completed call of all loops together during the warm-up.</param>
    /// <param name="floorNs">The timer's floor.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The window with its samples, loop after loop, and how many each loop has.</returns>
    /// <exception cref="WorkerException">No call, or more calls than there is room for.</exception>
    internal static (SamplingWindow Window, IReadOnlyList<int> Streams) Run<TCall, TTicks>(
        ClosedLoops<TCall, TTicks> loops, TTicks ticks, SamplingSettings settings, double perCallNs, long floorNs, CancellationToken cancel)
        where TCall : struct, ITimedCall
        where TTicks : struct, ITicks
    {
        double callNs = perCallNs * loops.Count;
        long length = (long)Math.Clamp((settings.FloorCount + 1) * callNs, settings.MinMs * NanosecondsPerMillisecond, Math.Max(settings.MinMs, settings.MaxMs) * NanosecondsPerMillisecond);
        double promised = length / Math.Max(1, perCallNs) * RoomForSpeed;
        int callsPerSample = Math.Max((int)Math.Ceiling(promised / settings.MaxCount), SampleBuffer.CallsPerSample((long)callNs, floorNs));
        int room = (int)Math.Min(settings.MaxCount, FewestSamplesOfRoom + (RoomForUnfairness * promised / callsPerSample / loops.Count));
        long[][] memory = [.. Enumerable.Range(0, loops.Count).Select(_ => Touched(room))];

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        bool quiet = GC.TryStartNoGCRegion(NoCollectionBytes);
        (TimeSpan pauseBefore, int collectionsBefore) = (GC.GetTotalPauseDuration(), GC.CollectionCount(0));
        // A moment ahead, so that every loop sees the window before it begins.
        long start = ticks.Now() + NanosecondsPerMillisecond;
        var window = new CommonWindow(start, start + length, callsPerSample, memory);
        try
        {
            loops.Open(window);
            IReadOnlyList<LoopSamples> samples = loops.Finish(cancel);
            return (Of(window, samples, GC.CollectionCount(0) - collectionsBefore, GC.GetTotalPauseDuration() - pauseBefore), [.. samples.Select(loop => loop.Count)]);
        }
        finally
        {
            if (quiet && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion) GC.EndNoGCRegion();
        }
    }

    private static SamplingWindow Of(CommonWindow window, IReadOnlyList<LoopSamples> samples, int collections, TimeSpan pause)
    {
        long milliseconds = (window.End - window.Start) / NanosecondsPerMillisecond;
        if (samples.Any(loop => loop.IsFull))
            throw new WorkerException(WorkerErrorCode.BadRequest, $"the calls became so much faster after the warm-up that there is no room for those of {milliseconds} ms");
        if (samples.All(loop => loop.Count == 0)) throw new WorkerException(WorkerErrorCode.Deadline, $"no call began and ended in the window of {milliseconds} ms");
        return new SamplingWindow
        {
            WindowStart = window.Start,
            WindowEnd = window.End,
            Nanoseconds = [.. samples.SelectMany((loop, number) => window.Memory[number].Take(loop.Count))],
            CallsPerSample = window.CallsPerSample,
            HalfWidth = null,
            Bursts = [.. samples.Select(loop => new[] { loop.Begin, loop.Count })],
            Collections = new CollectionReport { Collections = collections, PauseMs = pause.TotalMilliseconds, AllocatedBytes = samples.Sum(loop => loop.AllocatedBytes) },
        };
    }

    // Writing each element makes the kernel map the pages now, not inside a timed call.
    private static long[] Touched(int length)
    {
        long[] array = GC.AllocateUninitializedArray<long>(length, pinned: true);
        Array.Fill(array, 1L);
        return array;
    }
}
