namespace Fleetmark.Measurement.Launches;

/// <summary>A model the worker makes up to check itself: a chain of small operators whose work is nearly nothing, so that what a call costs besides the work shows.</summary>
/// <param name="Name">Its name in the answer.</param>
/// <param name="Nodes">Operators before the last one; at most 100.</param>
/// <param name="CallsPerBlock">Calls that are timed without a break.</param>
public sealed record SelfCheckModel(string Name, int Nodes, int CallsPerBlock);
