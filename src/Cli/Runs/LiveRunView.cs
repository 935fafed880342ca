using System.Globalization;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fleetmark.Cli.Runs;

/// <summary>The matrix of cells, redrawn in place, with what runs now and how long it will take.</summary>
internal sealed class LiveRunView(IAnsiConsole console) : IRunView
{
    /// <inheritdoc/>
    public Task ShowAsync(Func<Action<RunResults, RunStatus, TimeSpan?>, Task> follow) => console.Live(new Text("")).StartAsync(async live =>
        await follow((results, status, left) =>
        {
            live.UpdateTarget(Picture(results, status, left));
            live.Refresh();
        }));

    private static Rows Picture(RunResults results, RunStatus status, TimeSpan? left)
    {
        RunMatrix matrix = RunMatrix.Of(results);
        var table = new Table().Border(TableBorder.Rounded).AddColumn("");
        foreach (string column in matrix.Columns) table.AddColumn(new TableColumn(Markup.Escape(column)).Centered());
        foreach (MatrixRow row in matrix.Rows) table.AddRow([new Text(row.Model), .. row.Groups.Select(g => (IRenderable)new Text(g))]);
        return new Rows(table, new Text(RunMatrix.Legend(results)), new Text(Now(results, status, left)));
    }

    private static string Now(RunResults results, RunStatus status, TimeSpan? left)
    {
        string running = string.Join(", ", results.Cells.Where(c => c.State == CellState.Running).Select(c => RunMatrix.Name(c.Cell, results)));
        string eta = left is { } time ? $", about {Words(time)} left" : "";
        return $"run {status.RunId}: {status.Finished} of {status.Jobs} launches{eta}{(running.Length > 0 ? $"; measuring {running}" : "")}";
    }

    private static string Words(TimeSpan time) => time.TotalSeconds < 90
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (int)time.TotalSeconds)} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)Math.Round(time.TotalMinutes)} min");
}
