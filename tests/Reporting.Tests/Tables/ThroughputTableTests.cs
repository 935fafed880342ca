using System.Text;
using System.Text.Json.Nodes;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Tables;
using Fleetmark.Measurement.Launches;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Layouts;
using Fleetmark.Reporting.Tables;

namespace Fleetmark.Reporting.Tests.Tables;

public sealed class ThroughputTableTests
{
    private static readonly string[] Presets = ["wide", "throughput", "throughput-long"];

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Chinese)]
    public void Throughput_is_a_table_of_its_own_in_every_format(Language language)
    {
        IReadOnlyList<OutputFile> files = TableSet.Render(Both(), new RenderOptions { Layouts = Presets, Language = language, ProductVersion = "0.1.0" });
        foreach (OutputFile file in files.Where(f => f.RelativePath is "tables.md" or "tables.html" or "tables.csv" or "tables.json" or "tables.tex"))
            Golden.Check($"throughput.{LanguageTag.Of(language)}.{file.RelativePath["tables.".Length..]}", Encoding.UTF8.GetString(file.Bytes.Span));
    }

    [Fact]
    public void Tables_of_latency_show_what_they_show_without_throughput_beside_them()
    {
        RunResults both = Both(), alone = both with { Plan = both.Plan with { Throughput = LatencySection.Absent(CellKind.Throughput) }, Cells = [.. both.Cells.Where(c => c.Cell.Kind == CellKind.Latency)] };

        Assert.Equal(Rows(alone, "wide"), Rows(both, "wide"));
        Assert.Equal(Rows(alone, "long"), Rows(both, "long"));
        Assert.Equal(TableSet.Render(alone, Of("wide")).Where(f => f.RelativePath.StartsWith("plots/", StringComparison.Ordinal)).Select(f => f.RelativePath), TableSet.Render(both, Of("wide")).Where(f => f.RelativePath.StartsWith("plots/", StringComparison.Ordinal)).Select(f => f.RelativePath));
    }

    [Fact]
    public void A_plan_has_tables_for_what_it_measures_and_no_empty_ones()
    {
        RunResults both = Both();
        RunResults throughput = both with { Plan = both.Plan with { Latency = LatencySection.Absent(CellKind.Latency) }, Cells = [.. both.Cells.Where(c => c.Cell.Kind == CellKind.Throughput)] };
        RunResults latency = both with { Plan = both.Plan with { Throughput = LatencySection.Absent(CellKind.Throughput) }, Cells = [.. both.Cells.Where(c => c.Cell.Kind == CellKind.Latency)] };

        Assert.Equal(["wide-cpu-amd-epyc-2c", "throughput-cpu-amd-epyc-2c", "throughput-long"], Keys(both));
        Assert.Equal(["throughput-cpu-amd-epyc-2c", "throughput-long"], Keys(throughput));
        Assert.Equal(["wide-cpu-amd-epyc-2c"], Keys(latency));
        string terminal = TerminalTable.Render(throughput, Of(Presets));
        Assert.Contains("throughput: images of the calls", terminal, StringComparison.Ordinal);
        Assert.DoesNotContain("ms per batch, random inputs", terminal, StringComparison.Ordinal);
        terminal = TerminalTable.Render(both, Of(Presets));
        Assert.Contains("ms per batch, random inputs", terminal, StringComparison.Ordinal);
        Assert.Contains("throughput: images of the calls", terminal, StringComparison.Ordinal);
    }

    /// <summary>What is derived from latency is named so wherever it shows: today no layout shows such a figure, and images/s is the unit of measured throughput alone.</summary>
    [Fact]
    public void Images_per_second_are_measured_never_turned_over_from_latency() => Assert.All(
        TableLayouts.Names.Select(TableLayouts.Find).OfType<TableLayout>().SelectMany(layout => layout.Columns.Select(column => (layout, column))),
        at => Assert.Equal(at.column.Source.IsThroughput, at.column.Unit == "images/s"));

    [Fact]
    public void The_long_csv_has_a_column_more_for_throughput_alone()
    {
        static string Header(RunResults results, string layout) => Encoding.UTF8.GetString(TableSet.Render(results, Of(layout)).Single(f => f.RelativePath == "tables.csv").Bytes.Span).Split('\n')[0];

        Assert.EndsWith(",run,cell", Header(Both(), "wide"), StringComparison.Ordinal);
        Assert.EndsWith(",run,cell,concurrency", Header(Both(), "throughput"), StringComparison.Ordinal);
    }

    /// <summary>Two models: every kind of place of a throughput table, beside valid latency cells.</summary>
    private static RunResults Both()
    {
        RunResults latency = SampleRun.Cpu(models: 2);
        CellResult Rated(string model, int batch, int loops, double perS) => SampleRun.Measured(
            SampleRun.CellOf(model, "cpu-amd-epyc-2c", Precision.Fp32, batch) with { Kind = CellKind.Throughput, Concurrency = loops }, batch * loops * 1e6 / perS) with
        {
            CiLowUs = null,
            CiHighUs = null,
            RatePerS = perS,
            RateLowPerS = perS * 0.99,
            RateHighPerS = perS * 1.01,
            LaunchRatePerS = [perS, perS * 1.01, perS * 0.99],
        };
        return latency with
        {
            Plan = latency.Plan with
            {
                Latency = latency.Plan.Latency with { Devices = ["cpu"], Precisions = [Precision.Fp32] },
                Throughput = new LatencySection { Kind = CellKind.Throughput, Devices = ["cpu"], Precisions = [Precision.Fp32], Batches = [1, 8], Concurrency = [2, 1] },
            },
            Cells =
            [
                .. latency.Cells,
                Rated("AlexNet", 1, 2, 71.25), Rated("AlexNet", 1, 1, 45.5), Rated("AlexNet", 8, 2, 90) with { State = CellState.Contended },
                Rated("SqueezeNet1_0", 1, 2, 400) with { RateLowPerS = null, RateHighPerS = null, Launches = 1, Notes = ["few-launches"] },
                SampleRun.Empty(Rated("SqueezeNet1_0", 1, 1, 1), CellState.Unsupported, FailureCode.UnsupportedThroughput),
                SampleRun.Empty(Rated("SqueezeNet1_0", 8, 2, 1), CellState.Queued),
            ],
        };
    }

    private static RenderOptions Of(params string[] layouts) => new() { Layouts = layouts, ProductVersion = "0.1.0" };

    private static IEnumerable<string> Keys(RunResults results) => Json(results, Presets).Select(table => table!["key"]!.GetValue<string>());

    private static string Rows(RunResults results, string layout) => Assert.Single(Json(results, layout))!["rows"]!.ToJsonString();

    private static JsonArray Json(RunResults results, params string[] layouts) =>
        JsonNode.Parse(TableSet.Render(results, Of(layouts)).Single(f => f.RelativePath == "tables.json").Bytes.Span)!["tables"]!.AsArray();
}
