using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Fleetmark.Worker.Throughput;

/// <summary>The machine's own clock, which counts nanoseconds on Linux.</summary>
internal readonly struct MonotonicTicks : ITicks
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Now() => Stopwatch.GetTimestamp();
}
