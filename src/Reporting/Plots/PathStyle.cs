namespace Fleetmark.Reporting.Plots;

/// <summary>How a path is painted.</summary>
/// <param name="Stroke">Role of the line; null for none.</param>
/// <param name="Fill">Role of the area; null for none.</param>
/// <param name="Width">Width of the line in pixels, as text.</param>
/// <param name="Dash">Dash pattern; null for a solid line.</param>
internal sealed record PathStyle(PlotRole? Stroke, PlotRole? Fill, string Width, string? Dash);
