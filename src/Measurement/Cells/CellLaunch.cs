using Fleetmark.Measurement.Judging;

namespace Fleetmark.Measurement.Cells;

/// <summary>One launch as the estimate of its cell sees it.</summary>
/// <param name="State">What the launch is worth.</param>
/// <param name="Value">Its number: the median of its samples per call in microseconds, or its throughput in images per second; null when it has none.</param>
/// <param name="HalfWidthRel">Half-width of its interval, as a share; null when it has none.</param>
/// <param name="Count">Number of its samples.</param>
public sealed record CellLaunch(MeasurementState State, double? Value, double? HalfWidthRel, int Count);
