using System.Text;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Fleetmark.Contracts.Tables;
using Fleetmark.Reporting.Tables;
using Markdig;

namespace Fleetmark.Reporting.Tests.Tables;

/// <summary>One text that tries everything, through every format and back by somebody else's parser.</summary>
public sealed class HostileTextTests
{
    private const string Line = "a|b\\<script>alert(1)</script>&amp;\"'_x_{}$%#~~^`*[l](javascript:0)![i](x) =1+1 数据 🚀 -- end_";
    private static readonly string Text = Line + "\n" + new string('长', 300);
    private static readonly string OneLine = Text.Replace('\n', ' ');
    private static readonly RenderOptions Options = new() { Layouts = ["wide"], ProductVersion = "0.1.0" };

    /// <summary>The text as plan title, model name, device name, note and environment fact.</summary>
    private static RunResults Hostile()
    {
        RunResults run = SampleRun.Cpu();
        return run with
        {
            Plan = run.Plan with { Title = new Dictionary<string, string> { ["en"] = Text }, Models = [run.Plan.Models[0] with { Name = Text }, .. run.Plan.Models.Skip(1)] },
            Models = [run.Models[0] with { Name = Text }, .. run.Models.Skip(1)],
            DeviceClasses = [run.DeviceClasses[0] with { DisplayName = Text, Environments = [run.DeviceClasses[0].Environments[0] with { Facts = [Text] }] }],
            Cells = [.. run.Cells.Select((c, i) => (c.Cell.Model == "AlexNet" ? c with { Cell = c.Cell with { Model = Text } } : c) with { Notes = i == 0 ? [Text] : [] })],
        };
    }

    [Fact]
    public void Html_shows_the_text_and_runs_nothing()
    {
        IHtmlDocument page = new HtmlParser().ParseDocument(Rendered(TableFormat.Html));
        Assert.Empty(page.Scripts);
        Assert.Empty(page.QuerySelectorAll("a, img"));
        Assert.Equal(OneLine, page.Title);
        Assert.Equal(Text, page.QuerySelector("h1")!.InnerHtmlText());
        Assert.Contains(OneLine, page.QuerySelector("caption")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("[1] " + OneLine, page.QuerySelectorAll(".notes li").Select(li => li.TextContent));
        Assert.Equal(Text, page.QuerySelector("tbody th")!.InnerHtmlText());
    }

    [Fact]
    public void Markdown_shows_the_text_and_nothing_of_it_is_markup()
    {
        MarkdownPipeline gfm = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().UseAutoLinks().Build();
        IHtmlDocument page = new HtmlParser().ParseDocument(Markdown.ToHtml(Rendered(TableFormat.Markdown), gfm));
        Assert.Empty(page.Scripts);
        Assert.Empty(page.QuerySelectorAll("a, img, em, del, code, h3"));
        Assert.Equal(Text, page.QuerySelector("h1")!.InnerHtmlText());
        Assert.Contains("[1] " + OneLine, page.QuerySelectorAll("li").Select(li => li.TextContent));
        Assert.Equal(8, page.QuerySelectorAll("tbody tr").Length);
        Assert.All(page.QuerySelectorAll("tbody tr"), row => Assert.Equal(5, row.Children.Length));
        Assert.Equal(Text, page.QuerySelector("tbody td")!.InnerHtmlText());
    }

    [Theory]
    [InlineData("# heading")]
    [InlineData("- item")]
    [InlineData("+ item")]
    [InlineData("> quote")]
    [InlineData("1. one")]
    [InlineData("12) twelve")]
    [InlineData("=== rule")]
    [InlineData("~~struck~~")]
    [InlineData("SqueezeNet1_0 _and_ __bold__ _")]
    [InlineData("<br> &copy; `code`")]
    [InlineData("***")]
    public void Markdown_takes_no_start_of_a_line_for_a_block(string text)
    {
        MarkdownPipeline gfm = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().Build();
        IHtmlDocument page = new HtmlParser().ParseDocument(Markdown.ToHtml("- " + MarkdownText.Block(text) + "\n", gfm));
        Assert.Equal(text, Assert.Single(page.QuerySelectorAll("li")).TextContent);
        Assert.Empty(page.QuerySelectorAll("li *"));
    }

    [Fact]
    public void Json_holds_the_text()
    {
        using JsonDocument json = JsonDocument.Parse(Rendered(TableFormat.Json));
        JsonElement table = json.RootElement.GetProperty("tables")[0];
        Assert.Contains(OneLine, table.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(OneLine, table.GetProperty("rows")[0].GetProperty("cells")[2].GetProperty("notes")[0].GetString());
        Assert.Equal(OneLine, table.GetProperty("provenance").GetProperty("hardware")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void Csv_holds_the_text_and_no_formula()
    {
        RunResults run = Hostile();
        run = run with { Cells = [.. run.Cells.Select((c, i) => i == 0 ? c with { Notes = ["=1+1", "\t=2", "a,\"b\"\nc"] } : c)] };
        IReadOnlyList<IReadOnlyList<string>> lines = CsvReader.Read(Encoding.UTF8.GetString(TableSet.RenderOne(run, TableFormat.Csv, Options with { Layouts = ["wide", "long"] })));
        Assert.All(lines, line => Assert.Equal(CsvTable.LongColumns.Count, line.Count));
        Assert.Equal("'=1+1;  =2; a,\"b\" c", lines.First(l => l[2] == "fp32_bs1_ms")[14]);
        Assert.Equal((Text, Text), (lines[1][1], lines[1][3]));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("a=1", "a=1")]
    [InlineData("a,b", "a,b")]
    [InlineData("say \"x\"", "say \"x\"")]
    public void A_spreadsheet_meets_no_formula_in_words(string name, string expected)
    {
        RunResults run = SampleRun.Cpu(1);
        run = run with { Models = [run.Models[0] with { Name = name }], Plan = run.Plan with { Models = [run.Plan.Models[0] with { Name = name }] }, Cells = [] };
        string csv = Encoding.UTF8.GetString(TableSet.RenderOne(run, TableFormat.Csv, Options with { Layouts = ["model-page-accuracy"] }));
        Assert.Equal(expected, CsvReader.Read(csv)[1][0]);
    }

    [Fact]
    public void Tex_keeps_its_structure()
    {
        string tex = Rendered(TableFormat.Tex);
        Assert.Equal(tex.Split("\\begin{").Length, tex.Split("\\end{").Length);
        Assert.DoesNotContain("<script", tex, StringComparison.Ordinal);
        foreach (string line in tex.Split('\n').Where(l => !l.StartsWith('%'))) AssertIsBalanced(line);
        string[] rows = [.. tex.Split('\n').Where(l => l.EndsWith("\\\\", StringComparison.Ordinal)).Skip(1)];
        Assert.All(rows, row => Assert.Equal(4, row.Replace("\\&", "", StringComparison.Ordinal).Count(c => c == '&')));
    }

    [Fact]
    public void Plots_hold_the_text_as_text()
    {
        foreach (OutputFile file in TableSet.Render(Hostile(), Options).Where(f => f.RelativePath.EndsWith(".svg", StringComparison.Ordinal)))
        {
            var svg = System.Xml.Linq.XDocument.Parse(Encoding.UTF8.GetString(file.Bytes.Span));
            Assert.DoesNotContain(svg.Descendants(), e => e.Name.LocalName == "script");
            Assert.Contains(OneLine, svg.Root!.Elements().First().Value, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Control_characters_and_broken_surrogates_never_leave()
    {
        RunResults run = Hostile();
        run = run with { DeviceClasses = [run.DeviceClasses[0] with { DisplayName = "a\0b\u0007c\ud800d\r\ne\u0085f\uffff" }] };
        foreach (OutputFile file in TableSet.Render(run, Options))
            Assert.DoesNotContain(Encoding.UTF8.GetString(file.Bytes.Span), c => char.IsControl(c) && c != '\n' || c == '\uffff');
    }

    private static string Rendered(TableFormat format) => Encoding.UTF8.GetString(TableSet.RenderOne(Hostile(), format, Options));

    /// <summary>Braces close in order, dollars come in pairs, and no percent sign starts a comment.</summary>
    private static void AssertIsBalanced(string line)
    {
        int depth = 0;
        int dollars = 0;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\') i++;
            else if (line[i] == '{') depth++;
            else if (line[i] == '}') Assert.True(--depth >= 0, line);
            else if (line[i] == '$') dollars++;
            else Assert.True(line[i] is not ('%' or '#' or '~'), line);
        }

        Assert.Equal(0, depth);
        Assert.Equal(0, dollars % 2);
    }
}
