namespace Fleetmark.Reporting.Plots;

/// <summary>A text of a picture; <paramref name="Y"/> is its base line.</summary>
/// <param name="Content">The text.</param>
/// <param name="X">Anchor in pixels from the left.</param>
/// <param name="Y">Base line in pixels from the top.</param>
/// <param name="Anchor">Which part of the text stands at <paramref name="X"/>.</param>
/// <param name="Role">Colour.</param>
/// <param name="Size">Size in pixels.</param>
/// <param name="Bold">True for a heading.</param>
/// <param name="Upright">True when it reads from bottom to top.</param>
internal sealed record DrawnText(string Content, double X, double Y, TextAnchor Anchor, PlotRole Role, int Size = 12, bool Bold = false, bool Upright = false);
