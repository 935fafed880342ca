namespace Fleetmark.Reporting.Layouts;

/// <summary>Where the values of a column come from: a closed list.</summary>
internal enum SourceKind
{
    ModelName,
    ModelCrop,
    ModelResizeShort,
    ModelParameters,
    ModelFlops,
    CellDevice,
    CellPrecision,
    CellBatch,
    CellProvider,
    CellRuntime,
    CellClocks,
    LatencyP50,
    LatencyMean,
    LatencyMinimum,
    LatencyP90,
    LatencyP95,
    LatencyP99,
    LatencyLow,
    LatencyHigh,
    EnergyPerImage,
    EnergyNetPerImage,
    SampleCount,
    AccuracyTop1,
    AccuracyTop5,
    ReferenceTop1,
    ReferenceTop5,
    State,
}
