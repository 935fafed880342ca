namespace Fleetmark.Measurement.Regressions;

/// <summary>Time of one cell on one card of a class.</summary>
/// <param name="Cell">Id of the cell.</param>
/// <param name="Card">Id of the device.</param>
/// <param name="Log">Mean logarithm of the launch medians there.</param>
public sealed record CardTime(string Cell, string Card, double Log);
