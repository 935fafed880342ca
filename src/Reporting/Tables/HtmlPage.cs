using System.Text;
using Fleetmark.Contracts.Tables;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Plots;

namespace Fleetmark.Reporting.Tables;

/// <summary>Tables and plots of a run as one self-contained page: no script, nothing fetched.</summary>
internal static class HtmlPage
{
    private static readonly string Style = ReadStyle();

    internal static string Write(RunResults results, IReadOnlyList<Table> tables, IReadOnlyList<Plot> plots, Language language)
    {
        string title = PageTitle.Of(results, language);
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"").Append(LanguageTag.Of(language)).Append("\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>").Append(HtmlText.Escape(UserText.OneLine(title))).Append("</title>\n<style>\n")
            .Append(Style).Append("</style>\n</head>\n<body>\n<main>\n<h1>").Append(HtmlText.Lines(title)).Append("</h1>\n");
        foreach (Table table in tables) page.Append(HtmlTable.Write(table));
        if (plots.Count > 0) Figures(page, plots, Texts.In(language));
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Figures(StringBuilder page, IReadOnlyList<Plot> plots, Texts texts)
    {
        page.Append("<h2>").Append(HtmlText.Escape(texts.PlotsHeading)).Append("</h2>\n<div class=\"plots\">\n");
        foreach (Plot plot in plots)
        {
            page.Append("<figure>\n").Append(plot.InlineSvg());
            if (plot.Data.Count > 0) Data(page, plot, texts);
            page.Append("</figure>\n");
        }

        page.Append("</div>\n");
    }

    private static void Data(StringBuilder page, Plot plot, Texts texts)
    {
        page.Append("<details><summary>").Append(HtmlText.Escape(texts.DataOfPlot)).Append("</summary>\n<div class=\"scroll\"><table>\n<thead><tr>");
        foreach (string header in plot.DataHeader) page.Append("<th scope=\"col\">").Append(HtmlText.Escape(header)).Append("</th>");
        page.Append("</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<string> row in plot.Data)
        {
            page.Append("<tr><th scope=\"row\">").Append(HtmlText.Escape(row[0])).Append("</th>");
            foreach (string value in row.Skip(1)) page.Append("<td class=\"n\">").Append(HtmlText.Escape(value)).Append("</td>");
            page.Append("</tr>\n");
        }

        page.Append("</tbody>\n</table></div></details>\n");
    }

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream("tables.css")!);
        return reader.ReadToEnd();
    }
}
