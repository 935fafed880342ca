using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Sampling;
using Fleetmark.Measurement.WarmUp;

namespace Fleetmark.Worker.Throughput;

/// <summary>
/// The phase <c>warmup</c> of concurrent loops, all of them running: windows until their throughput stands still, or until the cap. What a window shows is the time per completed
/// call, of all loops together; each loop is looked at from the end of one call to the end of another, so that no call is counted by halves.
/// </summary>
internal static class LoopWarmUp
{
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const long SlowCallNs = 500 * NanosecondsPerMillisecond;
    private const int LongestWindow = 4;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);

    /// <summary>Warms up.</summary>
    /// <param name="loops">The loops, which run already.</param>
    /// <param name="ticks">Their clock.</param>
    /// <param name="settings">How long.</param>
    /// <param name="firstCallNs">Length of the first call of the launch.</param>
    /// <param name="observer">Is told of each window.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The report, and the newest time per completed call of all loops together.</returns>
    internal static (WarmUpReport Report, double PerCallNs) Run<TCall, TTicks>(
        ClosedLoops<TCall, TTicks> loops, TTicks ticks, WarmUpSettings settings, long firstCallNs, IBurstObserver observer, CancellationToken cancel)
        where TCall : struct, ITimedCall
        where TTicks : struct, ITicks
    {
        long begin = ticks.Now();
        if (settings.SlowCalls == 0 && firstCallNs >= SlowCallNs) return (new WarmUpReport(), (double)firstCallNs / loops.Count);
        IReadOnlyList<(long Calls, long At)> before = loops.Progress();
        double perCall = Window(loops, ticks, minNs: 0, maxNs: long.MaxValue, minCalls: 1, ref before, cancel);
        if (settings.SlowCalls > 0 && perCall * loops.Count >= SlowCallNs)
        {
            while (Calls(before) < (long)settings.SlowCalls * loops.Count) perCall = Window(loops, ticks, 0, long.MaxValue, 1, ref before, cancel);
            return (new WarmUpReport { Calls = (int)Calls(before) }, perCall);
        }

        var windows = new List<long>();
        long length = settings.WindowMs * NanosecondsPerMillisecond;
        while (true)
        {
            perCall = Window(loops, ticks, length, LongestWindow * length, settings.WindowCalls, ref before, cancel);
            windows.Add((long)Math.Max(1, perCall));
            long calls = Calls(before), elapsed = ticks.Now() - begin;
            observer.Between(new BurstProgress(LaunchPhase.Warmup, calls, elapsed, (long)(perCall * loops.Count), null));
            bool enough = elapsed >= settings.MinMs * NanosecondsPerMillisecond && calls >= settings.MinCalls;
            bool? steady = Steadiness.Test(windows, settings) is { } still ? still && enough : null;
            if (steady == true || elapsed >= settings.CapMs * NanosecondsPerMillisecond)
                return (new WarmUpReport { Steady = steady, Calls = (int)Math.Min(calls, int.MaxValue), WindowsNs = windows }, perCall);
        }
    }

    /// <summary>One window: long enough in time and calls, a call of each loop in it, cut at its longest but never without a call.</summary>
    /// <returns>Time per completed call.</returns>
    private static double Window<TCall, TTicks>(
        ClosedLoops<TCall, TTicks> loops, TTicks ticks, long minNs, long maxNs, int minCalls, ref IReadOnlyList<(long Calls, long At)> before, CancellationToken cancel)
        where TCall : struct, ITimedCall
        where TTicks : struct, ITicks
    {
        long begin = ticks.Now();
        IReadOnlyList<(long Calls, long At)> first = before;
        while (true)
        {
            long left = minNs - (ticks.Now() - begin);
            loops.Run(left > 0 ? TimeSpan.FromMicroseconds(left / 1000) : Glance, cancel);
            IReadOnlyList<(long Calls, long At)> now = loops.Progress();
            long elapsed = ticks.Now() - begin;
            long calls = Calls(now) - Calls(first);
            bool isWhole = elapsed >= minNs && calls >= minCalls && now.Zip(first).All(loop => loop.First.Calls > loop.Second.Calls);
            if (!isWhole && (elapsed < maxNs || calls == 0)) continue;
            before = now;
            return 1 / now.Zip(first).Where(loop => loop.First.Calls > loop.Second.Calls)
                .Sum(loop => (loop.First.Calls - loop.Second.Calls) / (double)Math.Max(1, loop.First.At - loop.Second.At));
        }
    }

    private static long Calls(IReadOnlyList<(long Calls, long At)> progress) => progress.Sum(loop => loop.Calls);
}
