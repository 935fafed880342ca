namespace Fleetmark.Reporting.Plots;

/// <summary>A rectangle in pixels.</summary>
internal sealed record LabelBox(double Left, double Top, double Right, double Bottom)
{
    internal bool Overlaps(LabelBox other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
}
