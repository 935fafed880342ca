using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Tables;
using Fleetmark.Measurement.Launches;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Plots;
using Fleetmark.Reporting.Tests.Tables;
using OxyPlot;
using OxyPlot.Series;

namespace Fleetmark.Reporting.Tests.Plots;

public sealed partial class PlotTests
{
    private const int SmallLimit = 12 * 1024;
    private const int Limit = 40 * 1024;

    public static TheoryData<string> Reviewed => ["latency-flops.t4.fp16.b1", "latency-params.t4.fp32.b8", "batch-scaling.t4", "batch-scaling.v100-sxm2-16gb"];

    [Theory]
    [MemberData(nameof(Reviewed))]
    public void A_plot_looks_as_it_was_reviewed(string name)
    {
        Plot plot = RunPlots.Of(SampleRun.EveryState(), Language.English).Single(p => p.Name == name);
        Golden.Check($"plots/{name}.light.svg", plot.Svg(PlotTheme.Light));
        Golden.Check($"plots/{name}.dark.svg", plot.Svg(PlotTheme.Dark));
        Golden.Check($"plots/{name}.inline.svg", plot.InlineSvg());
    }

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Chinese)]
    public void A_plot_of_the_page_is_small_and_safe(Language language)
    {
        foreach (Plot plot in RunPlots.Of(SampleRun.Complete(), language).Concat(RunPlots.Of(SampleRun.EveryState(), language)))
            foreach (string svg in (string[])[plot.Svg(PlotTheme.Light), plot.Svg(PlotTheme.Dark), plot.InlineSvg()])
            {
                Assert.InRange(Encoding.UTF8.GetByteCount(svg), 1, SmallLimit);
                XElement root = XDocument.Parse(svg).Root!;
                Assert.DoesNotContain(root.DescendantsAndSelf(), e => e.Name.LocalName is "script" or "foreignObject" or "image" or "use" or "clipPath");
                Assert.DoesNotContain(root.DescendantsAndSelf().Attributes(), a => a.Name.LocalName is "style" or "href");
                Assert.DoesNotContain("rgb(", svg, StringComparison.Ordinal);
                Assert.DoesNotMatch(NegativeZero(), svg);
                Assert.Equal(["title", "desc"], root.Elements().Take(2).Select(e => e.Name.LocalName));
                Assert.True(root.Elements().Take(2).All(e => e.Value.Length > 0));
            }
    }

    [Fact]
    public void A_place_without_a_valid_cell_of_a_class_that_measured_has_a_box_that_says_so()
    {
        RunResults run = SampleRun.Cpu(models: 2);
        run = run with { Cells = [.. run.Cells.Select(c => c.Cell.Batch == 4 ? c with { State = CellState.Unstable } : c)] };
        foreach (string name in (string[])["latency-flops.cpu-amd-epyc-2c.fp32.b4", "latency-params.cpu-amd-epyc-2c.fp32.b4"])
        {
            Plot plot = RunPlots.Of(run, Language.English).Single(p => p.Name == name);
            Assert.Contains(plot.Drawing.Texts, t => t.Content == plot.Description);
            Assert.Empty(plot.Drawing.Targets);
        }
    }

    [Fact]
    public void A_class_nobody_measured_has_no_scatter() => Assert.DoesNotContain(
        RunPlots.Of(SampleRun.EveryState(), Language.English), p => p.Name.StartsWith("latency-", StringComparison.Ordinal) && p.Name.Contains("v100", StringComparison.Ordinal));

    [Fact]
    public void Forty_models_stay_below_the_limit()
    {
        RunResults run = Many(40);
        foreach (Plot plot in RunPlots.Of(run, Language.English)) Assert.InRange(Encoding.UTF8.GetByteCount(plot.Svg(PlotTheme.Light)), 1, Limit);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(40)]
    public void Names_cover_neither_each_other_nor_a_point_nor_leave_the_canvas(int models)
    {
        RunResults[] runs = models == 8 ? [SampleRun.Complete(), SampleRun.EveryState(), SampleRun.Cpu()] : [Many(models)];
        int labels = 0;
        foreach (Plot plot in runs.SelectMany(r => RunPlots.Of(r, Language.English)).Where(p => p.Drawing.Targets.Count > 0))
        {
            (double X, double Y)[] points = [.. plot.Drawing.Targets.Select(t => (t.X, t.Y))];
            string[] names = [.. plot.Drawing.Targets.Select(t => t.Text.Split(':')[0])];
            LabelBox[] boxes = [.. plot.Drawing.Texts.Where(t => names.Contains(t.Content)).Select(Box)];
            labels += boxes.Length;
            for (int i = 0; i < boxes.Length; i++)
            {
                Assert.InRange(boxes[i].Left, 0, 640);
                Assert.InRange(boxes[i].Right, 0, 640);
                Assert.InRange(boxes[i].Top, 56, 344);
                Assert.DoesNotContain(boxes.Where((_, j) => j != i), other => Cover(other, boxes[i]));
                Assert.DoesNotContain(points, p => Cover(new LabelBox(p.X - 4, p.Y - 4, p.X + 4, p.Y + 4), boxes[i]));
            }

            if (models == 8) Assert.Equal(points.Length, boxes.Length);
        }

        Assert.True(labels > 0);
    }

    [Fact]
    public void Only_valid_cells_are_drawn_and_the_rest_is_counted()
    {
        Plot plot = RunPlots.Of(SampleRun.EveryState(), Language.English).Single(p => p.Name == "latency-params.t4.fp16.b1");
        Assert.Equal(["SqueezeNet1_0", "SqueezeNet1_1"], plot.Data.Select(d => d[0]));
        Assert.EndsWith("6 models without a valid value are left out.", plot.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_draw_is_a_box_with_the_reason()
    {
        Plot plot = RunPlots.Of(SampleRun.EveryState(), Language.English).Single(p => p.Name == "batch-scaling.v100-sxm2-16gb");
        Assert.Equal((640, 400), (plot.Drawing.Width, plot.Drawing.Height));
        Assert.Contains(plot.Drawing.Texts, t => t.Content == "no valid cell to draw");
    }

    [Fact]
    public void A_model_that_cannot_be_drawn_fails_the_export()
    {
        PlotModel model = PlotFrame.Model(new OxyThickness(10));
        model.Series.Add(new LineSeries { XAxisKey = "nobody", Color = PlotPalette.Signal(PlotRole.Grid) });
        Assert.Throws<InvalidOperationException>(() => SvgFinish.Export(model, 100, 100));
    }

    [Fact]
    public void A_colour_without_a_role_fails_the_export()
    {
        PlotModel model = PlotFrame.Model(new OxyThickness(10));
        var line = new LineSeries { Color = OxyColors.Red };
        line.Points.AddRange([new DataPoint(0, 0), new DataPoint(1, 1)]);
        model.Series.Add(line);
        Assert.Throws<InvalidOperationException>(() => SvgFinish.Export(model, 100, 100));
    }

    [Fact]
    public void Words_stay_inside_the_canvas_in_both_languages()
    {
        RunResults run = SampleRun.Cpu();
        run = run with { DeviceClasses = [run.DeviceClasses[0] with { DisplayName = string.Concat(Enumerable.Repeat("处理器 ", 40)) }] };
        foreach (Plot plot in RunPlots.Of(run, Language.Chinese).Concat(RunPlots.Of(run, Language.English)))
            foreach (DrawnText text in plot.Drawing.Texts.Where(t => !t.Upright))
            {
                LabelBox box = Box(text);
                Assert.True(box.Left >= 0 && box.Right <= 640, $"{plot.Name}: {text.Content}");
            }
    }

    /// <summary>Written anew, so that a mistake in the placement's own test is found.</summary>
    private static bool Cover(LabelBox a, LabelBox b) =>
        Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left) > 0.2 && Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top) > 0.2;

    private static LabelBox Box(DrawnText text)
    {
        double width = TextExtent.Width(text.Content, text.Size);
        double left = text.Anchor switch { TextAnchor.Start => text.X, TextAnchor.Middle => text.X - width / 2, _ => text.X - width };
        return new LabelBox(left, text.Y - 9.5, left + width, text.Y + 3);
    }

    private static RunResults Many(int models)
    {
        RunResults run = SampleRun.Cpu(1);
        string[] names = [.. Enumerable.Range(0, models).Select(i => FormattableString.Invariant($"net-{i}"))];
        return run with
        {
            Models = [.. names.Select((n, i) => run.Models[0] with { Name = n, Counts = new Dictionary<string, long> { ["paddleclas_2020"] = 1_000_000_000L * (1 + i % 7), ["no_bias"] = 1_000_000L + 10_000 * i } })],
            Plan = run.Plan with { Models = [.. names.Select(n => run.Plan.Models[0] with { Name = n })] },
            Cells = [.. names.SelectMany(_ => (int[])[1, 4, 8], (n, b) => SampleRun.Measured(SampleRun.CellOf("AlexNet", "cpu-amd-epyc-2c", Precision.Fp32, b) with { Model = n }, 1000.0 * b * (1 + n.Length % 3 + names.AsSpan().IndexOf(n) % 11)))],
        };
    }

    [GeneratedRegex(@"-0(?![.\d])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NegativeZero();
}
