using System.Globalization;
using System.Text;
using Fleetmark.Contracts.Plans;

namespace Fleetmark.Cli.Plans;

/// <summary>An expanded plan as a person reads it.</summary>
internal static class PlanText
{
    /// <summary>What the plan comes to, then its cells, then its jobs in the order of measurement.</summary>
    public static string Of(ExpansionView view)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"plan {view.Plan}, version {view.Sha256[..8]}, effort {view.Effort}: {Totals(view)}, {view.Totals.Withdrawn} cells cannot be measured here\n");
        text.Append(CultureInfo.InvariantCulture, $"tables {string.Join(", ", view.Tables)}; order: {view.OrderRule}; energy {(view.Energy ? "measured too" : "not measured")}\n\n");
        foreach (ExpansionCell cell in view.Cells) text.Append(CultureInfo.InvariantCulture, $"cell {cell.Number,3}  {Name(cell)}, crop {cell.Crop}, {cell.Scope}, {cell.Provider}, {cell.Runtime}, clocks {cell.Clocks}{(cell.Device is { } device ? $", on {device} only" : "")}\n");
        text.Append('\n');
        foreach (ExpansionJob job in view.Jobs)
        {
            string how = job.Reason is { } reason ? $"not measured: {reason}" : $"launch {job.Repetition + 1}, needs {string.Join(' ', job.Requires)}";
            text.Append(CultureInfo.InvariantCulture, $"job {job.Order,4}  {Name(view.Cells[job.Cell])}: {how}\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>How much there is to measure, with what the plan does not name.</summary>
    public static string Totals(ExpansionView view) => string.Create(CultureInfo.InvariantCulture, $"{view.Totals.Cells} cells, {view.Totals.Jobs} jobs")
        + (view.Totals.Sentinels == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({view.Totals.Sentinels} of them measure the devices' own noise)"));

    private static string Name(ExpansionCell cell) => string.Create(
        CultureInfo.InvariantCulture, $"{(cell.Sentinel is { } label ? $"sentinel {label} of " : "")}{cell.Model} {cell.DeviceClass} {cell.Precision} batch {cell.Batch}{(cell.Concurrency is { } loops ? $", throughput of {loops}" : "")}");
}
