using Fleetmark.Contracts.Tables;
using Fleetmark.Measurement.Launches;
using Fleetmark.Reporting.Languages;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Fleetmark.Reporting.Plots;

/// <summary>
/// Latency against batch size, one small panel per model on shared logarithmic axes, one line per precision; dotted: what latency would be in proportion to the batch.
/// </summary>
internal sealed class BatchScaling(Texts texts)
{
    private const int PanelHeight = 130;
    private const int TopMargin = 84;
    private const int BottomMargin = 56;
    private const double Gap = 0.03;

    private static readonly (PlotRole Role, LineStyle Line, MarkerType Marker, string Glyph)[] Looks =
    [
        (PlotRole.Series1, LineStyle.Solid, MarkerType.Circle, "●"),
        (PlotRole.Series2, LineStyle.Dash, MarkerType.Triangle, "▲"),
        (PlotRole.Series3, LineStyle.Dot, MarkerType.Square, "■"),
    ];

    /// <summary>The plot of one device class.</summary>
    /// <param name="name">File name without ending.</param>
    /// <param name="where">Device and run.</param>
    /// <param name="title">Title in one line.</param>
    /// <param name="models">Names of the models in plan order.</param>
    /// <param name="cells">The valid cells of the class.</param>
    internal Plot Draw(string name, string where, string title, IReadOnlyList<string> models, IReadOnlyList<CellResult> cells)
    {
        string[] drawn = [.. models.Where(m => cells.Any(c => c.Cell.Model == m))];
        if (drawn.Length == 0)
            return new Plot { Name = name, Title = title, Description = texts.NothingToDraw, Drawing = PlotFrame.Empty(texts.BatchScaling, where, texts.NothingToDraw) };
        Precision[] precisions = [.. cells.Select(c => c.Cell.Precision).Distinct().OrderBy(p => PrecisionName.Lower(p), StringComparer.Ordinal)];
        int[] batches = [.. cells.Select(c => c.Cell.Batch).Distinct().Order()];
        return new Plot
        {
            Name = name,
            Title = title,
            Description = texts.ScalingDescription(drawn.Length, string.Join(", ", batches)),
            Drawing = Picture(where, drawn, precisions, batches, cells),
            DataHeader = [texts.Model, .. precisions.SelectMany(p => batches.Select(b => $"{PrecisionName.Upper(p)} {texts.Batch(b)}"))],
            Data = [.. drawn.Select(m => (IReadOnlyList<string>)[UserText.OneLine(m), .. precisions.SelectMany(p => batches.Select(b => Text(cells, m, p, b)))])],
        };
    }

    private Drawing Picture(string where, string[] models, Precision[] precisions, int[] batches, IReadOnlyList<CellResult> cells)
    {
        int columns = models.Length switch { <= 4 => models.Length, 5 or 6 or 9 => 3, _ => 4 };
        int rows = (models.Length + columns - 1) / columns;
        int height = TopMargin + BottomMargin + (rows == 1 ? 240 : rows * PanelHeight);
        var margins = new OxyThickness(70, TopMargin, 24, BottomMargin);
        (double Low, double High) x = (batches[0] / 1.3, batches[^1] * 1.3);
        (double Low, double High) y = PlotFrame.Range([.. cells.SelectMany(c => (double?[])[c.P50Us, c.CiLowUs, c.CiHighUs]).OfType<double>().Select(us => us / 1000)], 1.25);
        y.High *= rows == 1 ? 1.3 : 2; // the names of the models stand above the curves
        double[] xTicks = [.. batches.Select(b => (double)b)];
        IReadOnlyList<double> yTicks = Thinned(NiceTicks.Logarithmic(y.Low, y.High), rows == 1 ? 9 : 4);
        PlotModel model = PlotFrame.Model(margins);
        TickedLogAxis[] across = [.. Enumerable.Range(0, columns).Select(c => Axis(AxisPosition.Bottom, $"x{c}", x, xTicks, c, columns))];
        TickedLogAxis[] down = [.. Enumerable.Range(0, rows).Select(r => Axis(AxisPosition.Left, $"y{r}", y, yTicks, rows - 1 - r, rows))];
        foreach (TickedLogAxis axis in across.Concat(down)) model.Axes.Add(axis);
        for (int i = 0; i < models.Length; i++)
            foreach (Series series in Panel(models[i], $"x{i % columns}", $"y{i / columns}", x, y, xTicks, yTicks, precisions, cells)) model.Series.Add(series);
        Drawing drawn = SvgFinish.Export(model, PlotFrame.Width, height);
        return drawn with
        {
            Texts =
            [
                .. drawn.Texts, .. PlotFrame.Heading(texts.BatchScaling, where), .. Legend(precisions), .. PlotFrame.AxisTitles(texts.BatchAxis, texts.LatencyAxis, margins, height),
                .. models.Select((m, i) => Name(m, across[i % columns], down[i / columns])),
            ],
        };
    }

    private static TickedLogAxis Axis(AxisPosition position, string key, (double Low, double High) range, IReadOnlyList<double> ticks, int place, int places) =>
        new(position, key, range.Low, range.High, ticks)
        {
            StartPosition = (double)place / places + (place == 0 ? 0 : Gap / 2),
            EndPosition = (place + 1.0) / places - (place == places - 1 ? 0 : Gap / 2),
        };

    private static IEnumerable<Series> Panel(
        string model, string xKey, string yKey, (double Low, double High) x, (double Low, double High) y, IReadOnlyList<double> xTicks, IReadOnlyList<double> yTicks, Precision[] precisions, IReadOnlyList<CellResult> cells)
    {
        yield return PlotFrame.Grid(xKey, yKey, x, y, xTicks, yTicks);
        for (int p = 0; p < precisions.Length; p++)
        {
            CellResult[] line = [.. cells.Where(c => c.Cell.Model == model && c.Cell.Precision == precisions[p]).OrderBy(c => c.Cell.Batch)];
            if (line.Length == 0) continue;
            if (line.Length > 1) yield return Ideal(line, xKey, yKey, x, y);
            LineSeries measured = PlotFrame.Line(Looks[p].Role, xKey, yKey, 1.5, Looks[p].Line);
            LineSeries intervals = PlotFrame.Line(Looks[p].Role, xKey, yKey, 1);
            measured.MarkerType = Looks[p].Marker;
            measured.MarkerSize = 3;
            measured.MarkerFill = PlotPalette.Signal(Looks[p].Role);
            measured.MarkerStrokeThickness = 0;
            foreach (CellResult cell in line)
            {
                measured.Points.Add(new DataPoint(cell.Cell.Batch, cell.P50Us!.Value / 1000));
                if (cell is { CiLowUs: { } low, CiHighUs: { } high }) PlotFrame.Segment(intervals, cell.Cell.Batch, low / 1000, cell.Cell.Batch, high / 1000);
            }

            yield return intervals;
            yield return measured;
        }
    }

    /// <summary>From the smallest batch in proportion, as far as the panel goes.</summary>
    private static LineSeries Ideal(CellResult[] line, string xKey, string yKey, (double Low, double High) x, (double Low, double High) y)
    {
        double perImage = line[0].P50Us!.Value / 1000 / line[0].Cell.Batch;
        double end = Math.Min(x.High, y.High / perImage);
        LineSeries ideal = PlotFrame.Line(PlotRole.Ideal, xKey, yKey, 1, LineStyle.Dot);
        PlotFrame.Segment(ideal, line[0].Cell.Batch, perImage * line[0].Cell.Batch, end, perImage * end);
        return ideal;
    }

    private IEnumerable<DrawnText> Legend(Precision[] precisions)
    {
        double x = 70;
        for (int p = 0; p < precisions.Length; p++)
        {
            string name = PrecisionName.Upper(precisions[p]);
            yield return new DrawnText(Looks[p].Glyph, x, 62, TextAnchor.Start, Looks[p].Role);
            yield return new DrawnText(name, x + 14, 62, TextAnchor.Start, PlotRole.Ink);
            x += 14 + TextExtent.Width(name, 12) + 18;
        }

        yield return new DrawnText(texts.Ideal, PlotFrame.Width - 24, 62, TextAnchor.End, PlotRole.Label);
    }

    /// <summary>The model's name in the upper left corner of its panel, on a line of its own above the curves.</summary>
    private static DrawnText Name(string model, TickedLogAxis across, TickedLogAxis down)
    {
        double left = across.Transform(across.ActualMinimum);
        double width = across.Transform(across.ActualMaximum) - left;
        return new DrawnText(TextExtent.Fit(UserText.OneLine(model), 12, width - 8), left + 4, down.Transform(down.ActualMaximum) + 12, TextAnchor.Start, PlotRole.Ink, Bold: true);
    }

    private static string Text(IReadOnlyList<CellResult> cells, string model, Precision precision, int batch) =>
        cells.FirstOrDefault(c => c.Cell.Model == model && c.Cell.Precision == precision && c.Cell.Batch == batch) is { P50Us: { } us } ? PlotNumber.Milliseconds(us / 1000) : "";

    private static double[] Thinned(IReadOnlyList<double> ticks, int most)
    {
        int step = (ticks.Count + most - 1) / most;
        return [.. ticks.Where((_, i) => i % step == 0)];
    }
}
