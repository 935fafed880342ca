namespace Fleetmark.Reporting.Tables;

/// <summary>A row of a finished table.</summary>
/// <param name="Key">Key, unique in the table.</param>
/// <param name="Cells">One per column.</param>
internal sealed record TableRow(string Key, IReadOnlyList<TableCell> Cells);
