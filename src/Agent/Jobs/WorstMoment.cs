namespace Fleetmark.Agent.Jobs;

/// <summary>One of the slowest samples of a launch, and what was seen while it lasted.</summary>
/// <param name="Index">Its place among the samples, from 0.</param>
/// <param name="Us">Its time per call.</param>
/// <param name="AtNs">When it began, in nanoseconds from the begin of the window; null when the worker does not tell its bursts.</param>
/// <param name="Events">What happened around it: <c>steal</c>, <c>cgroup-throttled</c>, <c>gc</c>, <c>power-cap</c>, <c>thermal</c>, <c>slowdown</c>.</param>
internal sealed record WorstMoment(int Index, double Us, long? AtNs, IReadOnlyList<string> Events);
