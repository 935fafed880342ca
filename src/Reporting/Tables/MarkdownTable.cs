using System.Text;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Layouts;

namespace Fleetmark.Reporting.Tables;

/// <summary>A table in GitHub-flavoured Markdown, in the geometry of its layout or padded to equal widths.</summary>
internal static class MarkdownTable
{
    /// <summary>The lines of the table alone, each ended by LF.</summary>
    internal static string Lines(Table table)
    {
        string[] header = [.. table.Columns.Select(c => MarkdownText.Header(c.FullHeader))];
        string[][] body = [.. table.Rows.Select(r => r.Cells.Select(c => MarkdownText.Escape(c.Text) + MarkdownText.NoteReferences(c)).ToArray())];
        var lines = new StringBuilder();
        if (table.Markdown is { } geometry) Published(lines, header, body, geometry);
        else Padded(lines, header, body, [.. table.Columns.Select(c => c.IsNumber)]);
        return lines.ToString();
    }

    /// <summary>The table with its title, its notes and its provenance.</summary>
    internal static string Section(Table table)
    {
        Texts texts = Texts.In(table.Language);
        var section = new StringBuilder();
        section.Append("## ").Append(MarkdownText.Escape(table.Caption)).Append("\n\n").Append(Lines(table)).Append('\n');
        if (table.Rows.Count == 0) section.Append(texts.NoRows).Append("\n\n");
        foreach (TableNote note in table.Notes) section.Append("- ").Append(MarkdownText.Block(note.Line)).Append('\n');
        if (table.Notes.Count > 0) section.Append('\n');
        section.Append("**").Append(texts.ProvenanceHeading).Append("**\n\n");
        foreach (string line in table.ProvenanceLines) section.Append("- ").Append(MarkdownText.Block(line)).Append('\n');
        return section.ToString();
    }

    /// <summary>One space, the text, spaces up to the width; a longer text keeps one space after it and its line grows.</summary>
    private static void Published(StringBuilder lines, string[] header, string[][] body, MarkdownGeometry geometry)
    {
        Line(lines, header.Select((text, i) => Cell(text, MarkdownGeometry.Width(geometry.Header, i))));
        Line(lines, header.Select((_, i) => geometry.Kind == SeparatorKind.Centred ? ":--:" : new string('-', MarkdownGeometry.Width(geometry.Separator, i))));
        foreach (string[] row in body) Line(lines, row.Select((text, i) => Cell(text, MarkdownGeometry.Width(geometry.Body, i))));

        static string Cell(string text, int width) => " " + TextWidth.PadRight(text, width - 2) + " ";
    }

    private static void Padded(StringBuilder lines, string[] header, string[][] body, bool[] isNumber)
    {
        int[] widths = [.. header.Select((text, i) => body.Select(r => TextWidth.Of(r[i])).Append(TextWidth.Of(text)).Append(4).Max())];
        Line(lines, header.Select(Cell));
        Line(lines, header.Select((_, i) => isNumber[i] ? $" {new string('-', widths[i] - 1)}: " : $" :{new string('-', widths[i] - 1)} "));
        foreach (string[] row in body) Line(lines, row.Select(Cell));

        string Cell(string text, int i) => $" {(isNumber[i] ? TextWidth.PadLeft(text, widths[i]) : TextWidth.PadRight(text, widths[i]))} ";
    }

    private static void Line(StringBuilder lines, IEnumerable<string> cells) => lines.Append('|').AppendJoin('|', cells).Append("|\n");
}
