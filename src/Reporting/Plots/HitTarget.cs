namespace Fleetmark.Reporting.Plots;

/// <summary>A round place that shows a text to whoever points at it.</summary>
/// <param name="X">Centre in pixels from the left.</param>
/// <param name="Y">Centre in pixels from the top.</param>
/// <param name="Text">What it shows.</param>
internal sealed record HitTarget(double X, double Y, string Text);
