namespace Fleetmark.Measurement.Regressions;

/// <summary>What one run says of a cell, in the series of that cell.</summary>
/// <param name="Log">Logarithm of the cell's time, corrected for the cards it was measured on where their effects are known; differences are shares.</param>
/// <param name="Variance">Variance of <paramref name="Log"/> by the spread of its launches; null when one launch told none.</param>
/// <param name="Conditions">What it was measured under.</param>
/// <param name="Software">What measured it.</param>
public sealed record SeriesPoint(double Log, double? Variance, PointConditions Conditions, PointSoftware Software);
