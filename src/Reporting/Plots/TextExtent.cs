using System.Text;

namespace Fleetmark.Reporting.Plots;

/// <summary>Widths of text in pixels without a font: Latin letters 0.56 em, East Asian ones and emoji 1 em. Pictures look the same whatever fonts the reader has.</summary>
internal static class TextExtent
{
    internal static double Width(string text, int size)
    {
        double em = 0;
        foreach (Rune rune in text.EnumerateRunes()) em += rune.Value >= 0x2E80 ? 1 : 0.56;
        return em * size;
    }

    /// <summary>The text, cut with an ellipsis where it would be wider than <paramref name="width"/>.</summary>
    internal static string Fit(string text, int size, double width)
    {
        if (Width(text, size) <= width) return text;
        var cut = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Width(cut.ToString() + rune + "…", size) > width) break;
            cut.Append(rune);
        }

        return cut.Append('…').ToString();
    }
}
