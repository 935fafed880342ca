using System.Globalization;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Tables;
using Markdig;

namespace Fleetmark.Reporting.Tests.Tables;

/// <summary>One table in several formats says the same, as independent parsers read it.</summary>
public sealed class FormatAgreementTests
{
    private static readonly RenderOptions Wide = new() { Layouts = ["wide"], ProductVersion = "0.1.0" };

    [Fact]
    public void Markdown_and_json_hold_the_same_texts()
    {
        MarkdownPipeline gfm = new MarkdownPipelineBuilder().UsePipeTables().Build();
        IHtmlDocument page = new HtmlParser().ParseDocument(Markdown.ToHtml(Rendered(TableFormat.Markdown), gfm));
        string[][] markdown = [.. page.QuerySelectorAll("tbody tr").Select(r => r.Children.Select(c => c.TextContent.Split(" [")[0]).ToArray())];
        using JsonDocument json = JsonDocument.Parse(Rendered(TableFormat.Json));
        string[][] texts = [.. json.RootElement.GetProperty("tables").EnumerateArray().SelectMany(t => t.GetProperty("rows").EnumerateArray()).Select(r => r.GetProperty("cells").EnumerateArray().Select(c => c.GetProperty("text").GetString()!).ToArray())];
        Assert.Equal(texts, markdown);
    }

    [Fact]
    public void Long_csv_and_json_hold_the_same_numbers_and_states()
    {
        IReadOnlyList<IReadOnlyList<string>> lines = CsvReader.Read(Encoding.UTF8.GetString(TableSet.RenderOne(SampleRun.EveryState(), TableFormat.Csv, Wide)));
        Dictionary<string, IReadOnlyList<string>> csv = lines.Skip(1).ToDictionary(l => string.Join('|', l.Take(3)), StringComparer.Ordinal);
        using JsonDocument json = JsonDocument.Parse(Rendered(TableFormat.Json));
        int compared = 0;
        foreach (JsonElement table in json.RootElement.GetProperty("tables").EnumerateArray())
        {
            string[] columns = [.. table.GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("key").GetString()!)];
            foreach (JsonElement row in table.GetProperty("rows").EnumerateArray())
            {
                JsonElement[] cells = [.. row.GetProperty("cells").EnumerateArray()];
                for (int i = 1; i < cells.Length; i++)
                {
                    string key = $"{table.GetProperty("key").GetString()}|{row.GetProperty("key").GetString()}|{columns[i]}";
                    if (cells[i].GetProperty("text").GetString() == "–")
                    {
                        Assert.False(csv.ContainsKey(key));
                        continue;
                    }

                    Assert.Equal(Raw(cells[i], "value"), csv[key][9]);
                    Assert.Equal(Raw(cells[i], "lo"), csv[key][10]);
                    Assert.Equal(Raw(cells[i], "hi"), csv[key][11]);
                    Assert.Equal(cells[i].GetProperty("state").GetString() ?? "", csv[key][13]);
                    compared++;
                }
            }
        }

        Assert.Equal(lines.Count - 1, compared);
    }

    [Fact]
    public void The_stored_number_is_not_lost_in_the_long_form()
    {
        IReadOnlyList<IReadOnlyList<string>> lines = CsvReader.Read(CsvTable.Long(TableSet.Tables(SampleRun.Complete(), Wide)));
        IReadOnlyList<string> line = lines.Single(l => l[0] == "wide-t4" && l[1] == "VGG19" && l[2] == "fp32_bs8_ms");
        Assert.Equal(41.55902, double.Parse(line[9], CultureInfo.InvariantCulture));
        Assert.Equal(("t4", "fp32", "8", "latency.p50", "ms", "1208", "valid", "1842"), (line[4], line[5], line[6], line[7], line[8], line[12], line[13], line[19]));
    }

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Chinese)]
    public void Html_is_one_page_that_needs_nothing_else(Language language)
    {
        string html = Encoding.UTF8.GetString(TableSet.Render(SampleRun.EveryState(), Wide with { Layouts = ["model-page", "wide", "long"], Language = language }).Single(f => f.RelativePath == "tables.html").Bytes.Span);
        var parser = new HtmlParser(new HtmlParserOptions { IsStrictMode = true });
        IHtmlDocument page = parser.ParseDocument(html);
        Assert.Empty(page.QuerySelectorAll("script, link, img, iframe, object, foreignObject"));
        Assert.Empty(page.QuerySelectorAll("[style], [onclick], [href], [src]"));
        Assert.Single(page.QuerySelectorAll("style"));
        Assert.Single(page.QuerySelectorAll("h1"));
        string[] ids = [.. page.QuerySelectorAll("[id]").Select(e => e.Id!)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(page.QuerySelectorAll("section table"), t => Assert.NotNull(t.QuerySelector("caption")));
        foreach (IElement cell in page.QuerySelectorAll("td[headers]"))
            foreach (string id in cell.GetAttribute("headers")!.Split(' ')) Assert.Contains(id, ids);
        Assert.All(page.QuerySelectorAll("[aria-labelledby]"), e => Assert.All(e.GetAttribute("aria-labelledby")!.Split(' '), id => Assert.Contains(id, ids)));
        Assert.DoesNotContain("http", html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_mark_a_table_uses_is_explained_under_it()
    {
        Assert.Equal(Enum.GetValues<CellState>(), SampleRun.EveryState().Cells.Select(c => c.State).Distinct().Order());
        foreach (Table table in TableSet.Tables(SampleRun.EveryState(), Wide with { Layouts = ["model-page", "wide", "long"] }))
        {
            string[] explained = [.. table.Notes.Select(n => n.Mark)];
            foreach (TableCell cell in table.Rows.SelectMany(r => r.Cells))
            {
                if (cell.Mark is { } mark) Assert.Contains(mark, explained);
                Assert.All(cell.NoteNumbers, n => Assert.Contains($"[{n}]", explained));
                Assert.True(cell.Text.Length > 0 || cell.Kind == FactKind.NotPublished);
            }
        }
    }

    private static string Raw(JsonElement cell, string name) => cell.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : "";

    private static string Rendered(TableFormat format) => Encoding.UTF8.GetString(TableSet.RenderOne(SampleRun.EveryState(), format, Wide));
}
