using Fleetmark.Measurement.Judging;

namespace Fleetmark.Measurement.Cells;

/// <summary>One launch as the estimate of its cell sees it.</summary>
/// <param name="State">What the launch is worth.</param>
/// <param name="MedianUs">Median of its samples per call, in microseconds; null when it has no number.</param>
/// <param name="HalfWidthRel">Half-width of its interval, as a share; null when it has none.</param>
/// <param name="Count">Number of its samples.</param>
public sealed record CellLaunch(MeasurementState State, double? MedianUs, double? HalfWidthRel, int Count);
