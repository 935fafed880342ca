using System.Text;

namespace Fleetmark.Reporting.Tables;

/// <summary>Escapes text for HTML: content and quoted attributes alike.</summary>
internal static class HtmlText
{
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (char c in text)
            escaped.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                _ => c.ToString(),
            });
        return escaped.ToString();
    }

    /// <summary>Content whose line breaks are seen.</summary>
    internal static string Lines(string text) => Escape(text).Replace("\n", "<br>", StringComparison.Ordinal);

    /// <summary>A header of a layout with its breaks.</summary>
    internal static string Header(string header) => string.Join("<br>", HeaderText.Lines(header).Select(Escape));
}
