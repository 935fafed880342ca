using Fleetmark.Measurement.Launches;

namespace Fleetmark.Measurement.Sampling;

/// <summary>How far a phase is.</summary>
/// <param name="Phase"><see cref="LaunchPhase.Warmup"/>, <see cref="LaunchPhase.Sample"/> or <see cref="LaunchPhase.Energy"/>.</param>
/// <param name="Calls">Calls so far.</param>
/// <param name="ElapsedNs">Time in the phase so far, in nanoseconds.</param>
/// <param name="MedianNs">Newest median of a call; null while unknown.</param>
/// <param name="HalfWidth">Half-width at the last look, as a share of the median; null while unknown.</param>
public sealed record BurstProgress(LaunchPhase Phase, long Calls, long ElapsedNs, long? MedianNs, double? HalfWidth);
