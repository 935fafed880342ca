using System.Globalization;
using System.Text;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Layouts;

namespace Fleetmark.Reporting.Tables;

/// <summary>
/// Tables as CSV (RFC 4180 quoting, LF). Wide: one line per row, what a person reads. Long: one line per cell, unrounded numbers. Words that a spreadsheet would
/// take for a formula get a leading apostrophe; numbers never do.
/// </summary>
internal static class CsvTable
{
    /// <summary>Last column of the long form where a table shows throughput cells.</summary>
    internal const string Concurrency = "concurrency";

    /// <summary>Columns of the long form.</summary>
    internal static IReadOnlyList<string> LongColumns { get; } =
    [
        "table", "row", "column", "model", "device", "precision", "batch", "metric", "unit", "value", "lo", "hi", "n", "state", "notes", "verdict", "delta", "margin",
        "reference", "run", "cell",
    ];

    /// <summary>Column keys, then display texts.</summary>
    internal static string Wide(Table table)
    {
        var csv = new StringBuilder();
        Line(csv, table.Columns.Select(c => Words(c.Key)));
        foreach (TableRow row in table.Rows) Line(csv, row.Cells.Select(c => c.Value is null ? Words(c.Text) : Quoted(c.Text)));
        return csv.ToString();
    }

    /// <summary>Every cell of every table; places outside the plan and the column that names the row are left out.</summary>
    internal static string Long(IReadOnlyList<Table> tables)
    {
        var csv = new StringBuilder();
        bool hasThroughput = tables.Any(t => t.Rows.Any(r => r.Cells.Any(c => c.Cell?.Concurrency is not null)));
        Line(csv, hasThroughput ? [.. LongColumns, Concurrency] : LongColumns);
        foreach (Table table in tables)
            foreach (TableRow row in table.Rows)
                for (int i = 1; i < row.Cells.Count; i++)
                    if (row.Cells[i].Kind != FactKind.NotPlanned) Line(csv, Long(table, row, table.Columns[i], row.Cells[i], hasThroughput));
        return csv.ToString();
    }

    private static IEnumerable<string> Long(Table table, TableRow row, TableColumn column, TableCell cell, bool hasThroughput)
    {
        yield return Words(table.Key);
        yield return Words(row.Key);
        yield return Words(column.Key);
        yield return Words(row.Cells[0].Text);
        yield return Words(cell.Cell?.DeviceClass ?? "");
        yield return cell.Cell is { } coordinate ? PrecisionName.Lower(coordinate.Precision) : "";
        yield return cell.Cell?.Batch.ToString(CultureInfo.InvariantCulture) ?? "";
        yield return Words(column.Source.ToString());
        yield return Words(column.Unit);
        yield return cell.Kind == FactKind.Words ? Words(cell.Text) : Number(cell.Value);
        yield return Number(cell.Low);
        yield return Number(cell.High);
        yield return cell.Count?.ToString(CultureInfo.InvariantCulture) ?? "";
        yield return cell.State is { } state ? StateWord.Of(state) : "";
        yield return Words(string.Join("; ", cell.Words));
        yield return "";
        yield return "";
        yield return "";
        yield return "";
        yield return table.Run;
        yield return cell.Cell is { } place ? Convert.ToHexStringLower(place.CoordinateSha256()) : "";
        if (hasThroughput) yield return cell.Cell?.Concurrency?.ToString(CultureInfo.InvariantCulture) ?? "";
    }

    private static string Number(Quantity? quantity) => quantity is { } q ? NumberFormat.Shortest(q.Value) : "";

    private static string Words(string text) => Quoted(text.Length > 0 && text[0] is ('=' or '+' or '-' or '@' or '\t' or '\r') ? "'" + text : text);

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static void Line(StringBuilder csv, IEnumerable<string> fields) => csv.AppendJoin(',', fields).Append('\n');
}
