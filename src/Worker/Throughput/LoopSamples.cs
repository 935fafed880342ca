using System.Runtime.InteropServices;

namespace Fleetmark.Worker.Throughput;

/// <summary>What a loop left in its memory.</summary>
/// <param name="Begin">Begin of its first sample in <c>CLOCK_MONOTONIC</c> nanoseconds.</param>
/// <param name="Count">Samples that began and ended in the window.</param>
/// <param name="AllocatedBytes">Bytes that it allocated in the window.</param>
/// <param name="IsFull">True when its memory was full before the window was over, so that calls of the window are missing.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LoopSamples(long Begin, int Count, long AllocatedBytes, bool IsFull);
