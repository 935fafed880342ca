using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Tables;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Layouts;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Fleetmark.Reporting.Plots;

/// <summary>Latency against a count of the model (FLOPs or parameters), both logarithmic, one point per model with a valid cell; its interval as a bar.</summary>
internal sealed class LatencyScatter(Texts texts, string what, string axisTitle, string convention, decimal unit)
{
    private static readonly OxyThickness Margins = new(70, 56, 24, 56);

    /// <summary>The plot of one configuration.</summary>
    /// <param name="name">File name without ending.</param>
    /// <param name="where">Device, precision, batch and run.</param>
    /// <param name="title">Title in one line.</param>
    /// <param name="cells">The valid cells, each with its model.</param>
    /// <param name="planned">Number of cells of the configuration.</param>
    internal Plot Draw(string name, string where, string title, IReadOnlyList<(PlanArtifact Model, CellResult Cell)> cells, int planned)
    {
        Mark[] points = [.. cells.Where(c => c.Model.Counts.GetValueOrDefault(convention) > 0).Select(c => Point(c.Model, c.Cell))];
        if (points.Length == 0)
            return new Plot { Name = name, Title = title, Description = texts.NothingToDraw, Drawing = PlotFrame.Empty(what, where, texts.NothingToDraw) };
        Mark fastest = points.MinBy(p => p.Ms)!;
        Mark slowest = points.MaxBy(p => p.Ms)!;
        string description = texts.ScatterDescription(points.Length, fastest.Model, slowest.Model);
        if (points.Length < planned) description = $"{description} {texts.LeftOut(planned - points.Length)}.";
        return new Plot
        {
            Name = name,
            Title = title,
            Description = description,
            Drawing = Picture(where, points, planned),
            DataHeader = [texts.Model, axisTitle, texts.LatencyAxis],
            Data = [.. points.Select(p => (IReadOnlyList<string>)[p.Model, p.CountText, p.MsText])],
        };
    }

    private Drawing Picture(string where, Mark[] points, int planned)
    {
        (double Low, double High) x = PlotFrame.Range([.. points.Select(p => p.Count)], 1.35);
        (double Low, double High) y = PlotFrame.Range([.. points.SelectMany(p => (double[])[p.Ms, p.Low ?? p.Ms, p.High ?? p.Ms])], 1.25);
        IReadOnlyList<double> xTicks = NiceTicks.Logarithmic(x.Low, x.High);
        IReadOnlyList<double> yTicks = NiceTicks.Logarithmic(y.Low, y.High);
        PlotModel model = PlotFrame.Model(Margins);
        var horizontal = new TickedLogAxis(AxisPosition.Bottom, "x", x.Low, x.High, xTicks);
        var vertical = new TickedLogAxis(AxisPosition.Left, "y", y.Low, y.High, yTicks);
        model.Axes.Add(horizontal);
        model.Axes.Add(vertical);
        model.Series.Add(PlotFrame.Grid("x", "y", x, y, xTicks, yTicks));
        LineSeries intervals = PlotFrame.Line(PlotRole.Series1, "x", "y", 1);
        foreach (Mark point in points)
            if (point is { Low: { } low, High: { } high }) PlotFrame.Segment(intervals, point.Count, low, point.Count, high);
        model.Series.Add(intervals);
        var dots = new ScatterSeries
        {
            MarkerType = MarkerType.Circle,
            MarkerSize = 4.5,
            MarkerFill = PlotPalette.Signal(PlotRole.Series1),
            MarkerStrokeThickness = 0,
            XAxisKey = "x",
            YAxisKey = "y",
        };
        foreach (Mark point in points) dots.Points.Add(new ScatterPoint(point.Count, point.Ms));
        model.Series.Add(dots);
        Drawing drawn = SvgFinish.Export(model, PlotFrame.Width, PlotFrame.Height);
        (double X, double Y, Mark Point)[] placed = [.. points.Select(p => (horizontal.Transform(p.Count), vertical.Transform(p.Ms), p))];
        var placement = new LabelPlacement(Margins.Left + 2, Margins.Top, PlotFrame.Width - 4, PlotFrame.Height - Margins.Bottom - 2);
        IReadOnlyList<PlacedLabel> labels = placement.Place([.. placed.Select(p => (p.X, p.Y, p.Point.Model))]);
        string leaders = string.Concat(labels.Select(l => l.Leader));
        string leftOut = points.Length < planned ? texts.LeftOut(planned - points.Length) : "";
        return drawn with
        {
            Paths = leaders.Length == 0 ? drawn.Paths : [.. drawn.Paths, new DrawnPath(new PathStyle(PlotRole.Leader, null, "1", null), leaders)],
            Texts =
            [
                .. drawn.Texts, .. PlotFrame.Heading(what, where), .. PlotFrame.AxisTitles(axisTitle, texts.LatencyAxis, Margins, PlotFrame.Height),
                .. leftOut.Length == 0 ? (IEnumerable<DrawnText>)[] : [new DrawnText(leftOut, PlotFrame.Width - Margins.Right, 54, TextAnchor.End, PlotRole.Label, 11)],
                .. labels.Select(l => new DrawnText(l.Name, l.X, l.BaseLine, l.Anchor, PlotRole.Ink)),
            ],
            Targets = [.. placed.Select(p => new HitTarget(p.X, p.Y, $"{p.Point.Model}: {p.Point.CountText}, {p.Point.MsText} ms{Interval(p.Point)}"))],
        };
    }

    private string Interval(Mark point) =>
        point is { Low: { } low, High: { } high } ? $", {texts.Interval(PlotNumber.Milliseconds(low), PlotNumber.Milliseconds(high))}" : "";

    private Mark Point(PlanArtifact model, CellResult cell)
    {
        decimal count = model.Counts[convention] / unit;
        return new Mark(
            UserText.OneLine(model.Name),
            (double)count,
            NumberFormat.Shortest(decimal.Round(count, 3, MidpointRounding.AwayFromZero)),
            cell.P50Us!.Value / 1000,
            PlotNumber.Milliseconds(cell.P50Us.Value / 1000),
            cell.CiLowUs / 1000,
            cell.CiHighUs / 1000);
    }

    private sealed record Mark(string Model, double Count, string CountText, double Ms, string MsText, double? Low, double? High);
}
