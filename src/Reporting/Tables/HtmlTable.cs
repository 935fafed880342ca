using System.Globalization;
using System.Text;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Reporting.Languages;

namespace Fleetmark.Reporting.Tables;

/// <summary>A table as an HTML section with its notes and its provenance; styles in <c>tables.css</c>.</summary>
internal sealed class HtmlTable(Table table)
{
    private readonly Texts _texts = Texts.In(table.Language);
    private readonly StringBuilder _html = new();

    /// <summary>The section.</summary>
    internal static string Write(Table table) => new HtmlTable(table).Write();

    private string Write()
    {
        _html.Append("<section>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"").Append(HtmlText.Escape(UserText.OneLine(table.Caption))).Append("\">\n<table>\n<caption><span>")
            .Append(HtmlText.Lines(table.Caption)).Append("</span></caption>\n<thead>\n");
        Head();
        _html.Append("</thead>\n<tbody>\n");
        for (int row = 0; row < table.Rows.Count; row++) Row(table.Rows[row], row);
        if (table.Rows.Count == 0) _html.Append("<tr><td class=\"word\" colspan=\"").Append(Text(table.Columns.Count)).Append("\">").Append(HtmlText.Escape(_texts.NoRows)).Append("</td></tr>\n");
        _html.Append("</tbody>\n</table>\n</div>\n");
        Below();
        return _html.Append("</section>\n").ToString();
    }

    private void Head()
    {
        IReadOnlyList<(string? Group, int First, int Length)> groups = ColumnGroups.Of(table.Columns);
        if (table.HasGroups)
        {
            _html.Append("<tr>");
            for (int g = 0; g < groups.Count; g++)
            {
                (string? group, int first, int length) = groups[g];
                if (group is null)
                    for (int c = first; c < first + length; c++) Header(c, 2);
                else
                    _html.Append("<th class=\"group\" scope=\"colgroup\" id=\"").Append(Id('g', g)).Append("\" colspan=\"").Append(Text(length)).Append("\">").Append(HtmlText.Header(group)).Append("</th>");
            }

            _html.Append("</tr>\n");
        }

        _html.Append("<tr>");
        for (int c = 0; c < table.Columns.Count; c++)
            if (!table.HasGroups || table.Columns[c].Group is not null) Header(c, 1);
        _html.Append("</tr>\n");
    }

    private void Header(int column, int rows)
    {
        _html.Append("<th scope=\"col\" id=\"").Append(Id('c', column)).Append('"');
        Classes(column, []);
        if (rows > 1) _html.Append(" rowspan=\"").Append(Text(rows)).Append('"');
        if (table.Columns[column].Source.Convention is { } convention) _html.Append(" title=\"").Append(HtmlText.Escape(convention)).Append('"');
        _html.Append('>').Append(HtmlText.Header(table.Columns[column].Header)).Append("</th>");
    }

    private void Row(TableRow row, int index)
    {
        _html.Append("<tr><th scope=\"row\" id=\"").Append(Id('r', index)).Append("\">").Append(HtmlText.Lines(row.Cells[0].Text)).Append("</th>");
        for (int c = 1; c < row.Cells.Count; c++)
        {
            (string? look, string content) = Place(row.Cells[c]);
            _html.Append("<td headers=\"").Append(Headers(index, c)).Append('"');
            Classes(c, look is null ? [] : [look]);
            _html.Append('>').Append(content).Append(Second(row.Cells[c])).Append("</td>");
        }

        _html.Append("</tr>\n");
    }

    /// <summary>Class and content of a place.</summary>
    private (string? Look, string Content) Place(TableCell cell)
    {
        switch (cell.Kind)
        {
            case FactKind.Words:
                return (null, HtmlText.Lines(cell.Text));
            case FactKind.NotPlanned:
                return ("none", Hidden(_texts.NotPlanned));
            case FactKind.NotPublished:
                return (null, Hidden(_texts.NotPublished));
            case FactKind.Number:
                string number = $"<span class=\"v\">{HtmlText.Escape(cell.NumberText!)}</span>";
                bool kept = cell.State is not CellState.Valid;
                return (kept ? "kept" : null, number);
            case FactKind.NeedsSamples:
                return ("word", HtmlText.Escape(cell.Text));
            default:
                return cell.State switch
                {
                    CellState.Failed => ("failed", $"✗ {HtmlText.Escape(cell.Text)}"),
                    CellState.Queued or CellState.Running => ("word none", HtmlText.Escape(_texts.State(cell.State.Value))),
                    CellState.Retrying => ("word none", HtmlText.Escape(_texts.Retrying(cell.NextAttempt))),
                    CellState.Unsupported => ("word", Marks.Unsupported),
                    _ => ("word", HtmlText.Escape(_texts.Missing)),
                };
        }
    }

    /// <summary>What stands small beneath a number, so that the digits of a column stay in line: state, notes, interval.</summary>
    private string Second(TableCell cell)
    {
        string below = cell is { Kind: FactKind.Number, State: { } state and not CellState.Valid } ? $"<span class=\"chip\">{cell.Mark} {HtmlText.Escape(_texts.State(state))}</span>" : "";
        below += string.Concat(cell.NoteNumbers.Select(n => $"[{Text(n)}]"));
        if (below.Length > 0) below = $"<span class=\"sub\">{below}</span>";
        return cell.IntervalText is { } ends ? $"{below}<span class=\"sub\">{HtmlText.Escape(ends.Low)}–{HtmlText.Escape(ends.High)}</span>" : below;
    }

    private void Below()
    {
        if (table.Notes.Count > 0)
        {
            _html.Append("<ul class=\"notes\">\n");
            foreach (TableNote note in table.Notes.Where(n => n.Mark is not Marks.Retrying && !SaysItself(n))) _html.Append("<li>").Append(Sign(note.Mark)).Append(HtmlText.Escape(note.Text)).Append("</li>\n");
            _html.Append("</ul>\n");
        }

        _html.Append("<ul class=\"from\" aria-label=\"").Append(HtmlText.Escape(_texts.ProvenanceHeading)).Append("\">\n");
        foreach (string line in table.ProvenanceLines) _html.Append("<li>").Append(HtmlText.Escape(line)).Append("</li>\n");
        _html.Append("</ul>\n");
    }

    /// <summary>True for a word that HTML prints in the cell, when there is no more to say about it.</summary>
    private bool SaysItself(TableNote note) => note.Mark is Marks.Missing && note.Text == _texts.Missing;

    /// <summary>The sign in front of its explanation; what HTML says in words needs none.</summary>
    private static string Sign(string mark) => mark switch
    {
        Marks.Pending or Marks.Missing or "" => "",
        Marks.NotPlanned => "<span class=\"none\">&emsp;</span> ",
        _ => $"<b>{HtmlText.Escape(mark)}</b> ",
    };

    private void Classes(int column, IReadOnlyList<string> more)
    {
        bool starts = table.Columns[column].Group is { } group && (column == 0 || table.Columns[column - 1].Group != group);
        string classes = string.Join(' ', (string[])[.. table.Columns[column].IsNumber ? (string[])["n"] : [], .. starts ? (string[])["start"] : [], .. more]);
        if (classes.Length > 0) _html.Append(" class=\"").Append(classes).Append('"');
    }

    private string Headers(int row, int column)
    {
        string ids = $"{Id('r', row)} {Id('c', column)}";
        if (table.Columns[column].Group is null) return ids;
        IReadOnlyList<(string? Group, int First, int Length)> groups = ColumnGroups.Of(table.Columns);
        int group = 0;
        while (column >= groups[group].First + groups[group].Length) group++;
        return $"{ids} {Id('g', group)}";
    }

    private string Id(char kind, int index) => $"{HtmlText.Escape(table.Key)}-{kind}{Text(index)}";

    private static string Hidden(string text) => $"<span class=\"hidden\">{HtmlText.Escape(text)}</span>";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
