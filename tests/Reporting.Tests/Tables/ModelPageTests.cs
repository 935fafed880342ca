using System.Security.Cryptography;
using System.Text;
using Fleetmark.Contracts.Tables;
using Fleetmark.Measurement.Launches;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Layouts;
using Fleetmark.Reporting.Tables;

namespace Fleetmark.Reporting.Tests.Tables;

public sealed class ModelPageTests
{
    [Theory]
    [InlineData("model-page-accuracy", "7e849b6e351f50c715dc419906a4c383a7632d2bc06c41b6a5ae3056817a7e67")]
    [InlineData("model-page-v100", "2045d099d5a0454ccb1ba8165c5f65e7f17b160f565b9244c053a2a4510cee9b")]
    [InlineData("model-page-t4", "a085a011f493d505d71b3ea08dd2e7094da0825c8f80407212567d3664ec39a6")]
    public void The_published_values_give_the_published_lines(string key, string sha256)
    {
        string lines = MarkdownTable.Lines(PublishedTables().Single(t => t.Key == key));
        Assert.Equal(10, lines.Count(c => c == '\n'));
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines))));
    }

    [Fact]
    public void The_published_values_give_the_published_values_as_csv()
    {
        Table[] tables = PublishedTables();
        Assert.Equal(PublishedTable.Accuracy.Text, CsvTable.Wide(tables[0]));
        Assert.Equal(PublishedTable.V100.Text, CsvTable.Wide(tables[1]));
        Assert.Equal(PublishedTable.T4.Text, CsvTable.Wide(tables[2]));
    }

    [Fact]
    public void A_t4_value_stored_as_a_32_bit_float_is_printed_as_published()
    {
        RunResults run = SampleRun.PublishedPage();
        run = run with { Cells = [.. run.Cells.Select(c => c with { P50Us = (float)c.P50Us!.Value })] };
        Assert.Equal(PublishedTable.T4.Text, CsvTable.Wide(Tables(run, "model-page-t4").Single()));
    }

    [Fact]
    public void A_series_has_the_accuracy_table_and_one_table_per_device_class_of_the_run()
    {
        Assert.Equal(["model-page-accuracy", "model-page-v100-sxm2-16gb", "model-page-t4"], Tables(SampleRun.Complete(), "model-page").Select(t => t.Key));
        Assert.Equal(["model-page-accuracy", "model-page-cpu-amd-epyc-2c"], Tables(SampleRun.Cpu(), "model-page").Select(t => t.Key));
    }

    [Fact]
    public void Columns_come_from_the_cells_and_not_from_the_layout()
    {
        RunResults run = SampleRun.Of(
            [SampleRun.V100()],
            [
                SampleRun.Measured(SampleRun.CellOf("AlexNet", "v100-sxm2-16gb", Precision.Fp16, 2), 500),
                SampleRun.Measured(SampleRun.CellOf("AlexNet", "v100-sxm2-16gb", Precision.Fp32, 32), 900),
                SampleRun.Measured(SampleRun.CellOf("AlexNet", "v100-sxm2-16gb", Precision.Fp32, 2), 700),
            ]);
        run = run with { Plan = run.Plan with { Latency = run.Plan.Latency with { Batches = [32, 2] } } };
        Table table = Tables(run, "model-page-v100").Single();
        Assert.Equal(["model", "crop", "resize_short", "fp16_bs2_ms", "fp32_bs32_ms", "fp32_bs2_ms"], table.Columns.Select(c => c.Key));
        Assert.Equal(["0.50", "0.90", "0.70"], table.Rows[0].Cells.Skip(3).Select(c => c.Text));
    }

    [Fact]
    public void A_class_without_a_published_page_has_the_geometry_of_t4_and_three_decimals()
    {
        string lines = MarkdownTable.Lines(Tables(SampleRun.Cpu(), "model-page")[1]);
        Assert.Contains("| Models                | Crop Size | Resize Short Size | FP32<br>Batch Size=1<br>(ms) |", lines, StringComparison.Ordinal);
        Assert.Contains("| AlexNet               | 224       | 256               | 34.254                       |", lines, StringComparison.Ordinal);
    }

    [Fact]
    public void Accuracy_is_never_a_silent_blank()
    {
        Table accuracy = Tables(SampleRun.Complete(), "model-page-accuracy").Single();
        Assert.All(accuracy.Rows, r => Assert.Equal(["n/m", "n/m", "", ""], r.Cells.Skip(1).Take(4).Select(c => c.Text)));
        Assert.Equal("n/m = not measured in this run", Assert.Single(accuracy.Notes).Line);
    }

    [Theory]
    [InlineData(Language.English, "references are not part of this version")]
    [InlineData(Language.Chinese, "本版本不含参考值")]
    public void References_a_plan_names_are_not_passed_off_as_unpublished(Language language, string reason)
    {
        RunResults run = SampleRun.Complete();
        run = run with { Plan = run.Plan with { References = ["paddleclas-others-2021"] } };
        Table accuracy = ComparisonTable.All(run, TableLayouts.Find("model-page-accuracy"), language, "0.1.0").Single();
        Assert.All(accuracy.Rows, r => Assert.Equal(["n/m", "n/m"], r.Cells.Skip(3).Take(2).Select(c => c.Text)));
        Assert.Contains(accuracy.Notes, n => n.Text == reason);
    }

    [Fact]
    public void A_model_that_could_not_be_counted_says_so()
    {
        Table accuracy = Tables(SampleRun.EveryState(), "model-page-accuracy").Single();
        Assert.Equal("n/m", accuracy.Rows[^1].Cells[5].Text);
        Assert.Contains(accuracy.Notes, n => n.Text == "an operator of the model could not be counted");
    }

    [Fact]
    public void Counts_of_another_input_size_are_not_shown()
    {
        RunResults run = SampleRun.Complete();
        run = run with { Plan = run.Plan with { Models = [.. run.Plan.Models.Select(m => m with { Crop = 128 })] } };
        Table accuracy = Tables(run, "model-page-accuracy").Single();
        Assert.Equal(["n/m", "61.090"], accuracy.Rows[0].Cells.Skip(5).Select(c => c.Text));
        Assert.Equal("128", Tables(run, "model-page-t4").Single().Rows[0].Cells[1].Text);
    }

    [Fact]
    public void A_text_longer_than_its_column_makes_the_line_grow()
    {
        string name = string.Concat(Enumerable.Repeat("long-", 10));
        RunResults run = SampleRun.Complete();
        run = run with
        {
            Models = [.. run.Models.Select((m, i) => i == 0 ? m with { Name = name } : m)],
            Plan = run.Plan with { Models = [.. run.Plan.Models.Select((m, i) => i == 0 ? m with { Name = name } : m)] },
            Cells = [.. run.Cells.Where(c => c.Cell.Model != "AlexNet")],
        };
        string line = MarkdownTable.Lines(Tables(run, "model-page-t4").Single()).Split('\n')[2];
        Assert.StartsWith($"| {name} | 224       |", line, StringComparison.Ordinal);
    }

    private static Table[] PublishedTables()
    {
        RunResults run = SampleRun.PublishedPage();
        IReadOnlyList<TableScope> scopes = TableScope.Of(TableLayouts.Find("model-page"), run);
        Table[] numbers = [.. scopes.Select(new ComparisonTable(run, new PublishedFacts(run, asPrinted: false), Language.English, "0.1.0").Arrange)];
        Table[] printed = [.. scopes.Select(new ComparisonTable(run, new PublishedFacts(run, asPrinted: true), Language.English, "0.1.0").Arrange)];
        Assert.Equal(numbers.Select(MarkdownTable.Lines), printed.Select(MarkdownTable.Lines));
        return numbers;
    }

    private static IReadOnlyList<Table> Tables(RunResults run, string layout) => ComparisonTable.All(run, TableLayouts.Find(layout), Language.English, "0.1.0");
}
