using System.Globalization;
using System.Text;

namespace Fleetmark.Reporting.Tables;

/// <summary>Escapes text for LaTeX, and writes the signs of tables as commands that every engine knows.</summary>
internal static class TexText
{
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (char c in text)
            escaped.Append(Command(c) ?? c.ToString());
        return escaped.ToString();
    }

    /// <summary>A header of a layout on one line.</summary>
    internal static string Header(string header) => Escape(HeaderText.OneLine(header));

    internal static string NoteReferences(TableCell cell) =>
        cell.NoteNumbers.Count == 0 ? "" : $"$^{{{string.Concat(cell.NoteNumbers.Select(n => string.Create(CultureInfo.InvariantCulture, $"[{n}]")))}}}$";

    private static string? Command(char c) => c switch
    {
        '\\' => "\\textbackslash{}",
        '&' or '%' or '$' or '#' or '_' or '{' or '}' => "\\" + c,
        '~' => "\\textasciitilde{}",
        '^' => "\\textasciicircum{}",
        '<' => "\\textless{}",
        '>' => "\\textgreater{}",
        '|' => "\\textbar{}",
        '\n' => " ",
        '[' => "{[}", // a bracket after a line's end would be taken for its argument
        ']' => "{]}",
        '†' => "$^\\dagger$",
        '‡' => "$^\\ddagger$",
        '§' => "$^\\S$",
        '¶' => "$^\\P$",
        '…' => "\\ldots{}",
        '—' => "---",
        '–' => "--",
        '−' => "$-$",
        '·' => "$\\cdot$",
        '×' => "$\\times$",
        '≥' => "$\\geq$",
        '≤' => "$\\leq$",
        _ => null,
    };
}
