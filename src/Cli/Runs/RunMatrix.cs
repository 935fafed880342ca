using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Tables;

namespace Fleetmark.Cli.Runs;

/// <summary>
/// The cells of a run as a small picture: one row per model, one column per device class, precision and number of concurrent loops, one glyph per batch size. Pure, so that a test can look at it.
/// </summary>
internal sealed class RunMatrix
{
    private RunMatrix(IReadOnlyList<string> columns, IReadOnlyList<MatrixRow> rows)
    {
        Columns = columns;
        Rows = rows;
    }

    /// <summary>Column heads, such as <c>cpu-amd-epyc-2c fp32 1,4,8</c>.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>One row per model in plan order.</summary>
    public IReadOnlyList<MatrixRow> Rows { get; }

    /// <summary>Arranges the cells.</summary>
    public static RunMatrix Of(RunResults results)
    {
        var groups = results.Cells.Select(c => (c.Cell.DeviceClass, c.Cell.Precision, c.Cell.Provider, c.Cell.Flavour, c.Cell.Clocks, c.Cell.Concurrency)).Distinct().ToList();
        bool areClocksLocked = groups.Exists(g => !g.Clocks.IsFree);
        bool severalRuntimes = groups.DistinctBy(g => (g.DeviceClass, g.Precision, g.Clocks, g.Concurrency)).Count() < groups.Count;
        var columns = new List<string>();
        foreach (var group in groups)
        {
            IEnumerable<int> batches = results.Cells.Where(c => In(c.Cell, group)).Select(c => c.Cell.Batch).Distinct().Order();
            string runtime = severalRuntimes ? $" {group.Provider} {group.Flavour}" : "";
            string clocks = areClocksLocked ? $" {group.Clocks.Name}" : "", loops = group.Concurrency is { } several ? $" x{several}" : "";
            columns.Add($"{group.DeviceClass} {Word(group.Precision)}{runtime}{clocks}{loops} b{string.Join(',', batches)}");
        }

        var rows = results.Models.Select(model => new MatrixRow(model.Name, [.. groups.Select(group => string.Join(' ', results.Cells
            .Where(c => c.Cell.Model == model.Name && In(c.Cell, group)).OrderBy(c => c.Cell.Batch).Select(c => Glyph(c.State))))])).ToList();
        return new RunMatrix(columns, rows);
    }

    /// <summary>One character per state; the legend of <see cref="Legend"/> explains those in use.</summary>
    internal static string Glyph(CellState state) => state switch
    {
        CellState.Valid => "●",
        CellState.Unstable => "†",
        CellState.Throttled => "‡",
        CellState.Contended => "§",
        CellState.Failed => "✗",
        CellState.Unsupported => "—",
        CellState.Running => "▶",
        CellState.Retrying => "↻",
        CellState.Queued => "·",
        CellState.Stale => "¶",
        _ => "∅",
    };

    /// <summary>The glyphs in use with their words, such as <c>● valid  · queued</c>.</summary>
    public static string Legend(RunResults results) => string.Join("  ", results.Cells
        .Select(c => c.State).Distinct().Order().Select(s => $"{Glyph(s)} {s.ToString().ToLowerInvariant()}"));

    /// <summary>A cell of a run in words, such as <c>AlexNet cpu-amd-epyc-2c fp32 batch 4</c>; with provider and runtime where the run has several on that class.</summary>
    public static string Name(Cell cell, RunResults results)
    {
        bool severalRuntimes = results.Cells.Any(c => c.Cell.DeviceClass == cell.DeviceClass && (c.Cell.Provider, c.Cell.Flavour) != (cell.Provider, cell.Flavour));
        string runtime = severalRuntimes ? $" {cell.Provider} {cell.Flavour}" : "", clocks = cell.Clocks.IsFree ? "" : $" {cell.Clocks.Name}";
        string loops = cell.Concurrency is { } several ? $", throughput of {several}" : "";
        return $"{cell.Model} {cell.DeviceClass} {Word(cell.Precision)}{runtime}{clocks} batch {cell.Batch}{loops}";
    }

    private static bool In(Cell cell, (string DeviceClass, Measurement.Launches.Precision Precision, string Provider, string Flavour, ClockPolicy Clocks, int? Concurrency) group) =>
        (cell.DeviceClass, cell.Precision, cell.Provider, cell.Flavour, cell.Clocks, cell.Concurrency) == group;

    private static string Word(Measurement.Launches.Precision precision) => precision.ToString().ToLowerInvariant();
}
