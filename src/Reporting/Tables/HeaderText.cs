using System.Text.RegularExpressions;

namespace Fleetmark.Reporting.Tables;

/// <summary>Headers of layouts: text in which <c>&lt;br&gt;</c> and <c>&lt;br/&gt;</c> break the line and nothing else is markup.</summary>
internal static partial class HeaderText
{
    /// <summary>The pieces between the breaks and, between two pieces, the break as it was written.</summary>
    internal static IReadOnlyList<string> Pieces(string header) => Break().Split(header);

    internal static bool IsBreak(string piece) => piece is "<br>" or "<br/>";

    /// <summary>The lines of a header.</summary>
    internal static IReadOnlyList<string> Lines(string header) => [.. Pieces(header).Where(p => !IsBreak(p))];

    /// <summary>The header with spaces for breaks.</summary>
    internal static string OneLine(string header) => string.Join(' ', Lines(header));

    [GeneratedRegex("(?<break><br/?>)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Break();
}
