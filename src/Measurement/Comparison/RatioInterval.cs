namespace Fleetmark.Measurement.Comparison;

/// <summary>Where a ratio lies.</summary>
/// <param name="Low">Lower end; above 0.</param>
/// <param name="High">Upper end.</param>
public sealed record RatioInterval(double Low, double High);
