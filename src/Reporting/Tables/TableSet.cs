using System.Text;
using Fleetmark.Contracts.Tables;
using Fleetmark.Reporting.Layouts;
using Fleetmark.Reporting.Plots;

namespace Fleetmark.Reporting.Tables;

/// <summary>All tables and plots of a run as files. Pure: the same results and options give the same bytes on every machine, thread and culture.</summary>
public static class TableSet
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// <c>tables.md</c>, <c>tables.html</c>, <c>tables.csv</c> (long), <c>tables.json</c>, <c>tables.tex</c>, <c>tables/&lt;table&gt;.csv</c> (wide) and
    /// <c>plots/*.svg</c>, in ordinal order of their paths.
    /// </summary>
    /// <exception cref="Documents.ProblemException">A layout is not known; the problem suggests one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of the results is NaN or infinite.</exception>
    public static IReadOnlyList<OutputFile> Render(RunResults results, RenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<Table> tables = Tables(results, options);
        IReadOnlyList<Plot> plots = RunPlots.Of(results, options.Language);
        var files = new List<OutputFile>
        {
            File("tables.md", MarkdownPage.Write(results, tables, plots, options.Language)),
            File("tables.html", HtmlPage.Write(results, tables, plots, options.Language)),
            File("tables.csv", CsvTable.Long(tables)),
            File("tables.json", JsonTable.Write(tables)),
            File("tables.tex", TexTable.Write(tables, options.Language)),
        };
        files.AddRange(tables.Select(t => File($"tables/{t.Key}.csv", CsvTable.Wide(t))));
        files.AddRange(plots.Select(p => File($"plots/{p.Name}.svg", p.Svg(PlotTheme.Light))));
        return [.. files.OrderBy(f => f.RelativePath, StringComparer.Ordinal)];
    }

    /// <summary>One layout in one format, without plots. CSV is wide when the layout is a single table, else long.</summary>
    /// <exception cref="Documents.ProblemException">The layout is not known; the problem suggests one.</exception>
    public static byte[] RenderOne(RunResults results, TableFormat format, RenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<Table> tables = Tables(results, options);
        return Utf8.GetBytes(format switch
        {
            TableFormat.Markdown => MarkdownPage.Write(results, tables, [], options.Language),
            TableFormat.Html => HtmlPage.Write(results, tables, [], options.Language),
            TableFormat.Csv => tables.Count == 1 ? CsvTable.Wide(tables[0]) : CsvTable.Long(tables),
            TableFormat.Json => JsonTable.Write(tables),
            TableFormat.Tex => TexTable.Write(tables, options.Language),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        });
    }

    /// <summary>The tables of the options' layouts. A table that two layouts share appears once.</summary>
    internal static IReadOnlyList<Table> Tables(RunResults results, RenderOptions options)
    {
        IReadOnlyList<string> names = options.Layouts.Count > 0 ? options.Layouts : results.Plan.Tables.Count > 0 ? results.Plan.Tables : [TableLayouts.Default];
        Layout[] layouts = [.. names.Distinct(StringComparer.Ordinal).Select(TableLayouts.Find)];
        return [.. layouts.SelectMany(layout => ComparisonTable.All(results, layout, options.Language, options.ProductVersion)).DistinctBy(t => t.Key)];
    }

    private static OutputFile File(string path, string text) => new(path, Utf8.GetBytes(text));
}
