using System.Text;
using Fleetmark.Contracts.Tables;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Tables;

namespace Fleetmark.Reporting.Tests.Tables;

public sealed class GoldenTableTests
{
    private static readonly Dictionary<string, TableFormat> Formats = new(StringComparer.Ordinal)
    {
        ["md"] = TableFormat.Markdown,
        ["html"] = TableFormat.Html,
        ["csv"] = TableFormat.Csv,
        ["json"] = TableFormat.Json,
        ["tex"] = TableFormat.Tex,
    };

    public static TheoryData<string, string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string, string>();
        foreach (string run in (string[])["complete", "every-state"])
            foreach (string layout in (string[])["model-page", "wide"])
                foreach (string format in Formats.Keys)
                {
                    cases.Add(run, layout, format, "en");
                    if (format is "md" or "html") cases.Add(run, layout, format, "zh-CN");
                }

        cases.Add("every-state", "long", "md", "en");
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_table_prints_as_it_was_reviewed(string run, string layout, string format, string language)
    {
        RunResults results = run == "complete" ? SampleRun.Complete() : SampleRun.EveryState();
        byte[] bytes = TableSet.RenderOne(results, Formats[format], new RenderOptions { Layouts = [layout], Language = LanguageTag.Read(language)!.Value, ProductVersion = "0.1.0" });
        Golden.Check($"{layout}.{run}.{language}.{format}", Encoding.UTF8.GetString(bytes));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public void A_terminal_shows_what_was_reviewed(string language) =>
        Golden.Check($"terminal.every-state.{language}.txt", TerminalTable.Render(SampleRun.EveryState(), new RenderOptions { Layouts = ["model-page", "wide"], Language = LanguageTag.Read(language)!.Value, ProductVersion = "0.1.0" }));
}
