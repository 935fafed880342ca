using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Fleetmark.Measurement.Sampling;

/// <summary>
/// The innermost loop: clock, call, clock, store. Nothing else happens between the two clock reads, no sample is ever dropped, and nothing is allocated.
/// </summary>
public static class TimingLoop
{
    /// <summary>Times <paramref name="elapsed"/>.Length samples.</summary>
    /// <typeparam name="TCall">A struct: the loop is compiled for it, without an indirect call.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="elapsed">Receives the elapsed time of each sample in ticks of <see cref="Stopwatch"/>, which are nanoseconds on Linux; memory that is
    /// touched already.</param>
    /// <param name="callsPerSample">Calls timed as one sample.</param>
    // Compiled fully at its first call: tiering would change the code in the middle of a window.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Burst<TCall>(ref TCall call, Span<long> elapsed, int callsPerSample)
        where TCall : struct, ITimedCall
    {
        if (callsPerSample == 1)
        {
            for (int i = 0; i < elapsed.Length; i++)
            {
                long begin = Stopwatch.GetTimestamp();
                call.Invoke();
                elapsed[i] = Stopwatch.GetTimestamp() - begin;
            }

            return;
        }

        for (int i = 0; i < elapsed.Length; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            for (int k = 0; k < callsPerSample; k++) call.Invoke();
            elapsed[i] = Stopwatch.GetTimestamp() - begin;
        }
    }

    /// <summary>Median of back-to-back clock reads: what one sample of nothing costs. Recorded, never subtracted.</summary>
    /// <param name="scratch">Room for the pairs; 10,000 are a good number.</param>
    public static long FloorNanoseconds(Span<long> scratch)
    {
        Nothing nothing = default;
        Burst(ref nothing, scratch, 1);
        scratch.Sort();
        return scratch[scratch.Length / 2];
    }

    private readonly struct Nothing : ITimedCall
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke()
        {
        }
    }
}
