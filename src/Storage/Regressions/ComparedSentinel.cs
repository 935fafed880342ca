using Fleetmark.Measurement.Comparison;

namespace Fleetmark.Storage.Regressions;

/// <summary>An A/A sentinel and what its sides differ by.</summary>
/// <param name="Measured">The sentinel.</param>
/// <param name="Pair">Log ratio of side b to side a, and its probability, which is known.</param>
public sealed record ComparedSentinel(MeasuredSentinel Measured, SentinelPair Pair);
