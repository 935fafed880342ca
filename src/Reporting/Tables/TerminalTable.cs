using System.Text;
using Fleetmark.Contracts.Tables;
using Fleetmark.Reporting.Languages;

namespace Fleetmark.Reporting.Tables;

/// <summary>The same tables as plain text for a terminal: columns aligned, no colours, no control sequences.</summary>
public static class TerminalTable
{
    /// <summary>The tables of a run, each with its notes, and the provenance of the whole run once at the end. Lines end with LF.</summary>
    /// <exception cref="Documents.ProblemException">A layout is not known.</exception>
    public static string Render(RunResults results, RenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<Table> tables = TableSet.Tables(results, options);
        var text = new StringBuilder();
        foreach (Table table in tables) Write(text, table);
        Provenance provenance = new ProvenanceWriter(results, options.Language, options.ProductVersion)
            .Write([.. tables.SelectMany(t => t.Columns).Select(c => c.Source)], results.DeviceClasses, results.Cells);
        foreach (string line in provenance.Lines) text.Append(line).Append('\n');
        return text.ToString();
    }

    private static void Write(StringBuilder text, Table table)
    {
        Texts texts = Texts.In(table.Language);
        text.Append(UserText.OneLine(table.Caption)).Append("\n\n");
        string[][] headers = [.. table.Columns.Select(c => c.Group is null ? HeaderText.Lines(c.Header).ToArray() : [.. HeaderText.Lines(c.Group), .. HeaderText.Lines(c.Header)])];
        string[][] rows = [.. table.Rows.Select(r => r.Cells.Select(Cell).ToArray())];
        int[] widths = [.. headers.Select((h, i) => h.Concat(rows.Select(r => r[i])).Max(TextWidth.Of))];
        int lines = headers.Max(h => h.Length);
        for (int line = 0; line < lines; line++) Line(text, table, widths, i => line - (lines - headers[i].Length) is >= 0 and var at ? headers[i][at] : "");
        text.AppendJoin("  ", widths.Select(w => new string('-', w))).Append('\n');
        foreach (string[] row in rows) Line(text, table, widths, i => row[i]);
        if (rows.Length == 0) text.Append(texts.NoRows).Append('\n');
        text.Append('\n');
        foreach (TableNote note in table.Notes) text.Append(note.Line).Append('\n');
        if (table.Notes.Count > 0) text.Append('\n');
    }

    private static string Cell(TableCell cell) =>
        UserText.OneLine(cell.Text) + (cell.NoteNumbers.Count == 0 ? "" : " " + string.Concat(cell.NoteNumbers.Select(n => $"[{n}]")));

    private static void Line(StringBuilder text, Table table, int[] widths, Func<int, string> cell)
    {
        IEnumerable<string> cells = widths.Select((w, i) => table.Columns[i].IsNumber ? TextWidth.PadLeft(cell(i), w) : TextWidth.PadRight(cell(i), w));
        text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
    }
}
