using OxyPlot;
using OxyPlot.Series;

namespace Fleetmark.Reporting.Plots;

/// <summary>What all plots have in common: size, margins, the words around the axes.</summary>
internal static class PlotFrame
{
    internal const int Width = 640;
    internal const int Height = 400;

    /// <summary>A model with fixed margins, no legend and no text but tick labels.</summary>
    internal static PlotModel Model(OxyThickness margins) => new()
    {
        PlotMargins = margins,
        Padding = new OxyThickness(0),
        PlotAreaBorderThickness = new OxyThickness(0),
        PlotAreaBorderColor = OxyColors.Undefined,
        Background = OxyColors.Undefined,
        DefaultFontSize = 12,
    };

    /// <summary>Heading in two lines: what, then where and which run.</summary>
    internal static IEnumerable<DrawnText> Heading(string what, string where)
    {
        yield return new DrawnText(what, Width / 2.0, 22, TextAnchor.Middle, PlotRole.Ink, 14, Bold: true);
        yield return new DrawnText(TextExtent.Fit(where, 12, Width - 32), Width / 2.0, 40, TextAnchor.Middle, PlotRole.Label);
    }

    /// <summary>Titles of both axes.</summary>
    internal static IEnumerable<DrawnText> AxisTitles(string x, string y, OxyThickness margins, int height)
    {
        yield return new DrawnText(x, (margins.Left + Width - margins.Right) / 2, height - 12, TextAnchor.Middle, PlotRole.Ink);
        yield return new DrawnText(y, 18, (margins.Top + height - margins.Bottom) / 2, TextAnchor.Middle, PlotRole.Ink, Upright: true);
    }

    /// <summary>A picture of the usual size that says why there is nothing to see.</summary>
    internal static Drawing Empty(string what, string where, string reason) => new()
    {
        Width = Width,
        Height = Height,
        Paths = [new DrawnPath(new PathStyle(PlotRole.Grid, null, "1", null), "M24.5 60.5h591v315h-591Z")],
        Texts = [.. Heading(what, where), new DrawnText(reason, Width / 2.0, 222, TextAnchor.Middle, PlotRole.Label)],
    };

    /// <summary>Lines at every tick, inside one panel.</summary>
    internal static LineSeries Grid(string xKey, string yKey, (double Low, double High) x, (double Low, double High) y, IEnumerable<double> xTicks, IEnumerable<double> yTicks)
    {
        LineSeries grid = Line(PlotRole.Grid, xKey, yKey, 1);
        foreach (double tick in xTicks) Segment(grid, tick, y.Low, tick, y.High);
        foreach (double tick in yTicks) Segment(grid, x.Low, tick, x.High, tick);
        return grid;
    }

    internal static LineSeries Line(PlotRole role, string xKey, string yKey, double width, LineStyle style = LineStyle.Solid) => new()
    {
        Color = PlotPalette.Signal(role),
        StrokeThickness = width,
        LineStyle = style,
        XAxisKey = xKey,
        YAxisKey = yKey,
    };

    internal static void Segment(LineSeries line, double x1, double y1, double x2, double y2)
    {
        line.Points.Add(new DataPoint(x1, y1));
        line.Points.Add(new DataPoint(x2, y2));
        line.Points.Add(DataPoint.Undefined);
    }

    /// <summary>Range of a logarithmic axis around values, with room at both ends.</summary>
    internal static (double Low, double High) Range(IReadOnlyCollection<double> values, double room) => (values.Min() / room, values.Max() * room);
}
