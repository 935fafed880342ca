using System.Text;
using Fleetmark.Reporting.Languages;

namespace Fleetmark.Reporting.Tables;

/// <summary>Tables as a LaTeX fragment for <c>\input</c>, with the rules of <c>booktabs</c>.</summary>
internal static class TexTable
{
    /// <summary>The fragment of several tables.</summary>
    internal static string Write(IReadOnlyList<Table> tables, Language language)
    {
        var tex = new StringBuilder();
        tex.Append(language == Language.Chinese ? "% packages: booktabs, ctex (XeLaTeX)\n" : "% packages: booktabs\n");
        foreach (Table table in tables) Write(tex, table);
        return tex.ToString();
    }

    private static void Write(StringBuilder tex, Table table)
    {
        Texts texts = Texts.In(table.Language);
        tex.Append("\n\\begin{table}[htbp]\n\\centering\n\\small\n\\caption{").Append(TexText.Escape(table.Caption)).Append("}\n");
        tex.Append("\\begin{tabular}{").AppendJoin("", table.Columns.Select(c => c.IsNumber ? 'r' : 'l')).Append("}\n\\toprule\n");
        if (table.HasGroups) Groups(tex, table.Columns);
        Line(tex, table.Columns.Select(c => TexText.Header(c.Header)));
        tex.Append("\\midrule\n");
        if (table.Rows.Count == 0) tex.Append("\\multicolumn{").Append(Count(table.Columns.Count)).Append("}{l}{").Append(TexText.Escape(texts.NoRows)).Append("} \\\\\n");
        foreach (TableRow row in table.Rows) Line(tex, row.Cells.Select(c => TexText.Escape(c.Text) + TexText.NoteReferences(c)));
        tex.Append("\\bottomrule\n\\end{tabular}\n\n\\vspace{0.5ex}\n\\raggedright\\footnotesize\n");
        foreach (TableNote note in table.Notes) tex.Append(TexText.Escape(note.Line)).Append("\\par\n");
        foreach (string line in table.ProvenanceLines) tex.Append(TexText.Escape(line)).Append("\\par\n");
        tex.Append("\\end{table}\n");
    }

    private static void Groups(StringBuilder tex, IReadOnlyList<TableColumn> columns)
    {
        var cells = new List<string>();
        var rules = new List<string>();
        foreach ((string? group, int first, int length) in ColumnGroups.Of(columns))
        {
            if (group is null) cells.AddRange(Enumerable.Repeat("", length));
            else cells.Add($"\\multicolumn{{{Count(length)}}}{{c}}{{{TexText.Header(group)}}}");
            if (group is not null) rules.Add($"\\cmidrule(lr){{{Count(first + 1)}-{Count(first + length)}}}");
        }

        Line(tex, cells);
        tex.AppendJoin(' ', rules).Append('\n');
    }

    private static string Count(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static void Line(StringBuilder tex, IEnumerable<string> cells) => tex.AppendJoin(" & ", cells).Append(" \\\\\n");
}
