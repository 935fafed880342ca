using System.Diagnostics;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Sampling;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.WarmUp;

/// <summary>The phase <c>warmup</c>: windows of calls until the times stand still, or until the cap.</summary>
public static class WarmUpPhase
{
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const long SlowCallNs = 500 * NanosecondsPerMillisecond;
    private const int LongestWindow = 4;
    private const int BurstsPerWindow = 8;

    /// <summary>Warms up.</summary>
    /// <typeparam name="TCall">A struct that does not allocate.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="settings">How long.</param>
    /// <param name="firstCallNs">Length of the first call of the launch.</param>
    /// <param name="buffer">Memory for the samples.</param>
    /// <param name="observer">Is asked between bursts.</param>
    /// <returns>The report, and the median of a call in the last window (the slowest known call where there was no window).</returns>
    public static (WarmUpReport Report, long MedianNs) Run<TCall>(
        ref TCall call, WarmUpSettings settings, long firstCallNs, SampleBuffer buffer, IBurstObserver observer)
        where TCall : struct, ITimedCall
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentNullException.ThrowIfNull(observer);
        long begin = Stopwatch.GetTimestamp();
        if (settings.SlowCalls == 0 && firstCallNs >= SlowCallNs) return (new WarmUpReport(), firstCallNs);
        long secondNs = One(ref call, buffer);
        observer.Between(new BurstProgress(LaunchPhase.Warmup, 1, Stopwatch.GetTimestamp() - begin, secondNs, null));
        if (settings.SlowCalls > 0 && secondNs >= SlowCallNs) return Slow(ref call, settings, secondNs, buffer, observer, begin);

        var medians = new List<long>();
        long calls = 1;
        long median = secondNs;
        bool? steady = null;
        while (true)
        {
            calls += Window(ref call, settings, ref median, calls, begin, buffer, observer);
            medians.Add(median);
            long elapsed = Stopwatch.GetTimestamp() - begin;
            bool enough = elapsed >= settings.MinMs * NanosecondsPerMillisecond && calls >= settings.MinCalls;
            // Windows that stand still before the minimum prove nothing: clocks and caches may not have settled yet.
            steady = Steadiness.Test(medians, settings) is { } still ? still && enough : null;
            if (steady == true || elapsed >= settings.CapMs * NanosecondsPerMillisecond) break;
        }

        return (new WarmUpReport { Steady = steady, Calls = (int)Math.Min(calls, int.MaxValue), WindowsNs = medians }, median);
    }

    /// <summary>Calls of half a second and more: a few are the whole warm-up, and too few to test anything.</summary>
    private static (WarmUpReport Report, long MedianNs) Slow<TCall>(
        ref TCall call, WarmUpSettings settings, long secondNs, SampleBuffer buffer, IBurstObserver observer, long begin)
        where TCall : struct, ITimedCall
    {
        long newest = secondNs;
        for (int i = 1; i < settings.SlowCalls; i++)
        {
            newest = One(ref call, buffer);
            observer.Between(new BurstProgress(LaunchPhase.Warmup, i + 1, Stopwatch.GetTimestamp() - begin, newest, null));
        }

        return (new WarmUpReport { Calls = settings.SlowCalls }, newest);
    }

    /// <summary>One window: long enough in time and calls, cut at four times its length, at least one call.</summary>
    /// <returns>Its calls.</returns>
    private static long Window<TCall>(
        ref TCall call, WarmUpSettings settings, ref long median, long callsBefore, long phaseBegin, SampleBuffer buffer, IBurstObserver observer)
        where TCall : struct, ITimedCall
    {
        long length = settings.WindowMs * NanosecondsPerMillisecond;
        long begin = Stopwatch.GetTimestamp();
        long perCall = Math.Max(1, median);
        long calls = 0;
        int kept = 0;
        long elapsed;
        do
        {
            int room = buffer.Window.Length - kept;
            if (room == 0) (kept, room) = (0, buffer.Window.Length);
            int burst = (int)Math.Clamp(length / BurstsPerWindow / perCall, 1, Math.Min(room, buffer.Window.Length / BurstsPerWindow));
            TimingLoop.Burst(ref call, buffer.Window.AsSpan(kept, burst), 1);
            kept += burst;
            calls += burst;
            elapsed = Stopwatch.GetTimestamp() - begin;
            perCall = Math.Max(1, elapsed / calls);
            observer.Between(new BurstProgress(LaunchPhase.Warmup, callsBefore + calls, Stopwatch.GetTimestamp() - phaseBegin, median, null));
        }
        while (elapsed < LongestWindow * length && (elapsed < length || calls < settings.WindowCalls));
        int stored = (int)Math.Min(calls, buffer.Window.Length);
        median = (long)BlockInterval.MedianOf(buffer.Window.AsSpan(0, stored), buffer.Scratch);
        return calls;
    }

    private static long One<TCall>(ref TCall call, SampleBuffer buffer)
        where TCall : struct, ITimedCall
    {
        TimingLoop.Burst(ref call, buffer.Window.AsSpan(0, 1), 1);
        return buffer.Window[0];
    }
}
