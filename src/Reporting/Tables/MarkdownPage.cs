using System.Text;
using Fleetmark.Contracts.Tables;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Plots;

namespace Fleetmark.Reporting.Tables;

/// <summary>Tables and plots of a run as one Markdown page; plots are images beside it.</summary>
internal static class MarkdownPage
{
    internal static string Write(RunResults results, IReadOnlyList<Table> tables, IReadOnlyList<Plot> plots, Language language)
    {
        var page = new StringBuilder();
        page.Append("# ").Append(MarkdownText.Escape(PageTitle.Of(results, language))).Append('\n');
        foreach (Table table in tables) page.Append('\n').Append(MarkdownTable.Section(table));
        if (plots.Count > 0) page.Append("\n## ").Append(Texts.In(language).PlotsHeading).Append('\n');
        foreach (Plot plot in plots) page.Append("\n![").Append(MarkdownText.Escape(plot.Title)).Append("](plots/").Append(plot.Name).Append(".svg)\n");
        return page.ToString();
    }
}
