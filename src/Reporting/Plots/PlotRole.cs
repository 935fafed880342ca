namespace Fleetmark.Reporting.Plots;

/// <summary>What a line, an area or a text of a plot is; colours follow from it.</summary>
internal enum PlotRole
{
    Ground,
    Ink,
    Label,
    Axis,
    Grid,
    Ideal,
    Leader,
    Series1,
    Series2,
    Series3,
}
