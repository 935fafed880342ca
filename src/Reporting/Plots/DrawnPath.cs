namespace Fleetmark.Reporting.Plots;

/// <summary>Shapes of one style.</summary>
/// <param name="Style">The style.</param>
/// <param name="Data">SVG path data.</param>
internal sealed record DrawnPath(PathStyle Style, string Data);
