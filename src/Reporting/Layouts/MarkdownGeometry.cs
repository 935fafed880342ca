namespace Fleetmark.Reporting.Layouts;

/// <summary>Widths of a published table, in characters between two bars; columns beyond the list have the last width. A longer text makes its line grow.</summary>
/// <param name="Header">Widths of the header.</param>
/// <param name="Kind">Form of the separator.</param>
/// <param name="Separator">Widths of a separator of dashes.</param>
/// <param name="Body">Widths of the rows.</param>
internal sealed record MarkdownGeometry(IReadOnlyList<int> Header, SeparatorKind Kind, IReadOnlyList<int> Separator, IReadOnlyList<int> Body)
{
    internal static int Width(IReadOnlyList<int> widths, int column) => widths[Math.Min(column, widths.Count - 1)];
}
