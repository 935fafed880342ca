using System.Diagnostics;
using Fleetmark.Measurement.Samples;

namespace Fleetmark.Measurement.Sampling;

/// <summary>All memory a launch needs for its samples, allocated, pinned and touched before the first timed call.</summary>
public sealed class SampleBuffer
{
    private const int WindowCapacity = 1 << 16;
    private const int FloorPairs = 10_000;
    private const int FloorMultiple = 20;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Buffers for a launch with at most <paramref name="maximumCount"/> samples.</summary>
    /// <exception cref="PlatformNotSupportedException">The machine's clock does not count nanoseconds.</exception>
    public SampleBuffer(int maximumCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumCount, SampleCodec.MaximumCount);
        if (Stopwatch.Frequency != NanosecondsPerSecond) throw new PlatformNotSupportedException("the clock does not count nanoseconds on this system");
        Elapsed = Touched(maximumCount);
        Scratch = Touched(Math.Max(maximumCount, WindowCapacity));
        Window = Touched(WindowCapacity);
    }

    /// <summary>The samples of the window.</summary>
    internal long[] Elapsed { get; }

    /// <summary>Room to sort in between bursts.</summary>
    internal long[] Scratch { get; }

    /// <summary>The samples of one warm-up window; the newest ones when there are more.</summary>
    internal long[] Window { get; }

    /// <summary>The timer's floor on this machine (<see cref="TimingLoop.FloorNanoseconds"/>).</summary>
    public long TimerFloorNanoseconds() => TimingLoop.FloorNanoseconds(Window.AsSpan(0, FloorPairs));

    /// <summary>
    /// Calls that make one sample: 1, unless a call is so short that the clock itself would be seen in it.
    /// </summary>
    /// <param name="medianNs">Median of a call.</param>
    /// <param name="floorNs">The timer's floor.</param>
    public static int CallsPerSample(long medianNs, long floorNs)
    {
        long shortest = FloorMultiple * floorNs;
        return medianNs >= shortest ? 1 : (int)Math.Min(shortest, (shortest + Math.Max(1, medianNs) - 1) / Math.Max(1, medianNs));
    }

    // Writing each element makes the kernel map the pages now, not inside a timed call.
    private static long[] Touched(int length)
    {
        long[] array = GC.AllocateUninitializedArray<long>(length, pinned: true);
        Array.Fill(array, 1L);
        return array;
    }
}
