using System.Globalization;
using System.Text;

namespace Fleetmark.Reporting.Tables;

/// <summary>Escapes text for GitHub-flavoured Markdown.</summary>
internal static class MarkdownText
{
    /// <summary>Text inside a line or a table cell: no character of it is markup, line breaks become <c>&lt;br&gt;</c>.</summary>
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\n') escaped.Append("<br>");
            else if (c is '\\' or '|' or '<' or '&' or '*' or '[' or ']' or '`' or '~') escaped.Append('\\').Append(c);
            else if (c == '_' && !(Joins(text, i - 1) && Joins(text, i + 1))) escaped.Append("\\_");
            else escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>Text that starts a block: as <see cref="Escape"/>, and its first characters start no heading, list, quote or rule.</summary>
    internal static string Block(string text)
    {
        string escaped = Escape(text.Trim());
        if (escaped.Length == 0) return escaped;
        if (escaped[0] is '#' or '+' or '-' or '>' or '=') return "\\" + escaped;
        int digits = escaped.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && digits < escaped.Length && escaped[digits] is ('.' or ')') ? escaped.Insert(digits, "\\") : escaped;
    }

    /// <summary>A header of a layout: its breaks are kept.</summary>
    internal static string Header(string header) => string.Concat(HeaderText.Pieces(header).Select(p => HeaderText.IsBreak(p) ? p : Escape(p)));

    /// <summary>References to notes, such as <c> \[1\]</c>.</summary>
    internal static string NoteReferences(TableCell cell) =>
        cell.NoteNumbers.Count == 0 ? "" : " " + string.Concat(cell.NoteNumbers.Select(n => string.Create(CultureInfo.InvariantCulture, $"\\[{n}\\]")));

    /// <summary>An underscore between letters or digits is never emphasis.</summary>
    private static bool Joins(string text, int at) => at >= 0 && at < text.Length && char.IsLetterOrDigit(text[at]);
}
