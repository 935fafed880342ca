using Fleetmark.Documents;
using Fleetmark.Reporting.Layouts;

namespace Fleetmark.Reporting.Tests.Layouts;

public sealed class LayoutReaderTests
{
    private const string Smallest = """
        name: mine
        title: Mine
        rows: model
        columns:
          - { key: model, header: Models, source: model.name }
        """;

    [Fact]
    public void A_layout_needs_little()
    {
        var layout = Assert.IsType<TableLayout>(LayoutReader.Read(Smallest, "mine.yaml"));
        Assert.Equal("mine", layout.Key);
        Assert.Null(layout.Device);
        Assert.Equal("text", Assert.Single(layout.Columns).Format.ToString());
    }

    [Theory]
    [InlineData("rows: model", "rows: modell", "mine.yaml:3:7: rows: 'modell' is not known; did you mean 'model'?")]
    [InlineData("source: model.name", "source: model.nam", "mine.yaml:5:43: source: 'model.nam' is not known; did you mean 'model.name'?")]
    [InlineData("source: model.name", "source: model.name(x)", "mine.yaml:5:43: source: 'model.name' takes nothing in brackets")]
    [InlineData("source: model.name", "source: model.flops", "mine.yaml:5:43: source: 'model.flops' needs a convention; write model.flops(paddleclas_2020), for instance")]
    [InlineData("source: model.name", "source: model.name, format: fixd(2)", "mine.yaml:5:63: format: 'fixd(2)' is not known; did you mean 'fixed(n)'?")]
    [InlineData("source: model.name", "source: latency.p50, unit: G", "mine.yaml:5:62: unit: 'G' does not fit latency.p50; write ms")]
    [InlineData("source: model.name", "source: model.name, each: { precision: planned, batch: planned, runtime: mine }", "mine.yaml:5:108: runtime: expected 'planned'; write runtime: planned")]
    [InlineData("source: model.name", "source: throughput", "mine.yaml:5:43: source: latency cells have no throughput; write cells: throughput for the layout")]
    [InlineData("source: model.name", "source: cell.concurrency", "mine.yaml:5:43: source: latency cells have no cell.concurrency; write cells: throughput for the layout")]
    [InlineData("rows: model", "rows: model\ncells: thruput", "mine.yaml:4:8: cells: 'thruput' is not known; did you mean 'throughput'?")]
    [InlineData("source: model.name", "source: latency.p50, unit: images/s", "mine.yaml:5:62: unit: 'images/s' does not fit latency.p50; write ms")]
    [InlineData("source: model.name", "source: model.name, each: { precision: planned, batch: planned, concurrency: planned }", "mine.yaml:5:99: unknown key 'concurrency'; known: precision, batch, runtime")]
    [InlineData("title: Mine", "title: Mine\ntitel: Mine", "mine.yaml:3:1: unknown key 'titel'; did you mean 'title'?")]
    [InlineData("source: model.name", "source: latency.p50", "mine.yaml:1:1: the first column must be model.name")]
    [InlineData("source: model.name }", "source: model.name }\nmarkdown: { header: [2], separator: dashes, body: same }", "mine.yaml:6:22: header: expected a whole number from 3 to 200, found '2'")]
    public void A_mistake_is_named_with_its_place(string right, string wrong, string problem)
    {
        var thrown = Assert.Throws<ProblemException>(() => LayoutReader.Read(Smallest.Replace(right, wrong, StringComparison.Ordinal), "mine.yaml"));
        Assert.Contains(problem, thrown.Problems.Select(p => p.ToString()));
    }

    [Fact]
    public void Every_preset_reads_and_is_named_as_its_file()
    {
        Assert.Equal(["long", "model-page", "model-page-accuracy", "model-page-device", "model-page-t4", "model-page-v100", "runtimes", "throughput", "throughput-long", "wide"], TableLayouts.Names);
        Assert.All(TableLayouts.Names, name => Assert.Equal(name, TableLayouts.Find(name).Name));
    }

    [Fact]
    public void Every_layout_a_series_names_exists()
    {
        foreach (LayoutSeries series in TableLayouts.Names.Select(TableLayouts.Find).OfType<LayoutSeries>())
            Assert.All(series.Tables.Concat(series.Devices.Select(d => d.Table)), name => Assert.IsType<TableLayout>(TableLayouts.Find(name)));
    }

    [Fact]
    public void An_unknown_layout_is_a_problem_with_a_suggestion()
    {
        Problem problem = TableLayouts.Check("model-pag", "others.yaml:9:10")!;
        Assert.Equal("others.yaml:9:10: no layout is named 'model-pag'; did you mean 'model-page'?", problem.ToString());
        Assert.Null(TableLayouts.Check("wide", "others.yaml:9:10"));
    }
}
