using System.Runtime.CompilerServices;
using Fleetmark.Measurement.Sampling;

namespace Fleetmark.Worker.Throughput;

/// <summary>
/// One closed loop: a call begins where the one before ended, so one clock read stands between two calls and the times of all of them fill the time without a gap. Nothing
/// is allocated.
/// </summary>
internal static class ClosedLoop
{
    /// <summary>Calls until there is a window and it has begun.</summary>
    /// <param name="call">The call.</param>
    /// <param name="ticks">The clock.</param>
    /// <param name="count">Is told of each call.</param>
    /// <param name="window">Where the window appears.</param>
    /// <returns>The window.</returns>
    // Compiled fully at its first call, as the next one: tiering would change the code in the middle of a window.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static CommonWindow WarmUp<TCall, TTicks>(ref TCall call, TTicks ticks, ref LoopCount count, ref CommonWindow? window)
        where TCall : struct, ITimedCall
        where TTicks : struct, ITicks
    {
        long now = ticks.Now();
        count.Begin(now);
        while (true)
        {
            if (Volatile.Read(ref window) is { } open && now >= open.Start) return open;
            call.Invoke();
            now = ticks.Now();
            count.Completed(now);
        }
    }

    /// <summary>Calls until the window is over, and times every sample that lies in it whole.</summary>
    /// <param name="call">The call.</param>
    /// <param name="ticks">The clock.</param>
    /// <param name="window">The window.</param>
    /// <param name="elapsed">Receives the time of each sample in nanoseconds.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static LoopSamples Time<TCall, TTicks>(ref TCall call, TTicks ticks, CommonWindow window, Span<long> elapsed)
        where TCall : struct, ITimedCall
        where TTicks : struct, ITicks
    {
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        long last = window.End;
        int callsPerSample = window.CallsPerSample;
        long first = ticks.Now();
        long begin = first;
        int n = 0;
        bool isFull = false;
        while (true)
        {
            for (int k = 0; k < callsPerSample; k++) call.Invoke();
            long end = ticks.Now();
            if (end > last) break;
            if (n == elapsed.Length)
            {
                isFull = true;
                break;
            }

            elapsed[n++] = end - begin;
            begin = end;
        }

        return new LoopSamples(first, n, GC.GetAllocatedBytesForCurrentThread() - allocatedBefore, isFull);
    }
}
