namespace Fleetmark.Worker.Throughput;

/// <summary>The window of all loops: the same begin and the same deadline for each.</summary>
/// <param name="Start">Begin in <c>CLOCK_MONOTONIC</c> nanoseconds; a call that began before does not count.</param>
/// <param name="End">End; a call that ends after it does not count.</param>
/// <param name="CallsPerSample">Calls timed as one sample.</param>
/// <param name="Memory">Room for the samples of each loop, allocated, pinned and touched.</param>
internal sealed record CommonWindow(long Start, long End, int CallsPerSample, IReadOnlyList<long[]> Memory)
{
    /// <summary>Stands for a window when the loops shall leave without one.</summary>
    internal static readonly CommonWindow None = new(0, 0, 1, []);
}
