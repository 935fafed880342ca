using System.Text;

namespace Fleetmark.Reporting.Languages;

/// <summary>Text from outside (titles, device names, error words) as tables take it in: one spelling of line breaks, nothing a text file or XML cannot hold.</summary>
internal static class UserText
{
    /// <summary>Line breaks become LF, other control characters spaces, broken surrogates U+FFFD.</summary>
    internal static string Clean(string text)
    {
        if (text.All(c => !char.IsControl(c) && !char.IsSurrogate(c) && c is not ('\uFFFE' or '\uFFFF'))) return text;
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.ReplaceLineEndings("\n").EnumerateRunes())
            clean.Append(rune.Value == '\n' ? "\n" : rune.Value is 0xFFFE or 0xFFFF ? "\uFFFD" : Rune.IsControl(rune) ? " " : rune.ToString());
        return clean.ToString();
    }

    /// <summary><see cref="Clean"/> on one line.</summary>
    internal static string OneLine(string text) => Clean(text).Replace('\n', ' ');
}
