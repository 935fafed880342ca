namespace Fleetmark.Reporting.Plots;

/// <summary>
/// Puts names beside points so that none covers another, a point or the edge: greedily, eight places close to the point, then eight farther away with a leader. A name
/// that finds no place is left to the pointer.
/// </summary>
internal sealed class LabelPlacement(double left, double top, double right, double bottom)
{
    private const int Size = 12;
    private const double Ascent = 9.5;
    private const double Descent = 3;
    private const double PointRadius = 6;

    /// <summary>Directions in the order of preference: right, left, above, below, then the corners.</summary>
    private static readonly (double X, double Y)[] Directions = [(1, 0), (-1, 0), (0, -1), (0, 1), (0.8, -0.8), (0.8, 0.8), (-0.8, -0.8), (-0.8, 0.8)];

    private readonly List<LabelBox> _taken = [];

    /// <summary>Places the names of all points.</summary>
    /// <param name="points">Centre and name of each, the most important first.</param>
    internal IReadOnlyList<PlacedLabel> Place(IReadOnlyList<(double X, double Y, string Name)> points)
    {
        foreach ((double x, double y, _) in points) _taken.Add(new LabelBox(x - PointRadius, y - PointRadius, x + PointRadius, y + PointRadius));
        var placed = new List<PlacedLabel>();
        foreach ((double x, double y, string name) in points)
            if (Find(x, y, name) is { } label) placed.Add(label);
        return placed;
    }

    private PlacedLabel? Find(double x, double y, string name)
    {
        double width = TextExtent.Width(name, Size);
        foreach (double distance in (double[])[9, 26])
        {
            foreach ((double dx, double dy) in Directions)
            {
                double near = x + dx * distance;
                LabelBox box = dx switch
                {
                    > 0 => new LabelBox(near, 0, near + width, 0),
                    < 0 => new LabelBox(near - width, 0, near, 0),
                    _ => new LabelBox(x - width / 2, 0, x + width / 2, 0),
                };
                double middle = y + dy * (distance + (Ascent + Descent) / 2 * Math.Abs(dy));
                box = box with { Top = middle - (Ascent + Descent) / 2, Bottom = middle + (Ascent + Descent) / 2 };
                if (box.Left < left || box.Right > right || box.Top < top || box.Bottom > bottom || _taken.Exists(box.Overlaps)) continue;
                _taken.Add(box);
                TextAnchor anchor = dx switch { > 0 => TextAnchor.Start, < 0 => TextAnchor.End, _ => TextAnchor.Middle };
                return new PlacedLabel(name, box, anchor, box.Bottom - Descent, distance > 9 ? Leader(x, y, box) : null);
            }
        }

        return null;
    }

    /// <summary>A line from the point to the nearest spot of the box.</summary>
    private static string Leader(double x, double y, LabelBox box) =>
        $"M{SvgNumber.Of(x)} {SvgNumber.Of(y)}L{SvgNumber.Of(Math.Clamp(x, box.Left, box.Right))} {SvgNumber.Of(Math.Clamp(y, box.Top, box.Bottom))}";
}
