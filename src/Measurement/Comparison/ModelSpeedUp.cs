namespace Fleetmark.Measurement.Comparison;

/// <summary>One speed-up of a model, as it enters a mean over models.</summary>
/// <param name="Model">The model: its speed-ups (batches, devices) are alike and are drawn together.</param>
/// <param name="Value">The speed-up; above 0.</param>
public sealed record ModelSpeedUp(string Model, double Value);
