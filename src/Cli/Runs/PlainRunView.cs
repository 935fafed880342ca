using System.Globalization;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;

namespace Fleetmark.Cli.Runs;

/// <summary>One line for every launch and one for every cell that is over: for pipes and logs.</summary>
internal sealed class PlainRunView(Terminal terminal) : IRunView
{
    private readonly Dictionary<Cell, (CellState State, int Launches)> _told = [];

    /// <inheritdoc/>
    public Task ShowAsync(Func<Action<RunResults, RunStatus, TimeSpan?>, Task> follow) => follow(Tell);

    private void Tell(RunResults results, RunStatus status, TimeSpan? left)
    {
        foreach (CellResult cell in results.Cells)
        {
            if (ExitCode.IsWarningOnly(cell)) continue; // one line at the end says it for all of them
            bool isOver = cell.State is not (CellState.Queued or CellState.Running or CellState.Retrying);
            (CellState State, int Launches) now = (isOver ? cell.State : CellState.Running, cell.Launches);
            if (_told.GetValueOrDefault(cell.Cell, (CellState.Running, 0)) == now) continue;
            _told[cell.Cell] = now;
            terminal.Note($"[{status.Finished}/{status.Jobs}] {RunMatrix.Name(cell.Cell, results)}: {(isOver ? Words(cell) : LastLaunch(cell))}");
        }
    }

    private static string LastLaunch(CellResult cell) =>
        string.Create(CultureInfo.InvariantCulture, $"launch {cell.Launches}: {(cell.LaunchRatePerS is [.., var rate] ? Rate(rate) : Time(cell.LaunchP50Us[^1]))}");

    private static string Words(CellResult cell)
    {
        if (cell.P50Us is not { } median)
            return $"{cell.State.ToString().ToLowerInvariant()}{(cell.Code is { } code ? $" ({FailureCode.Sentence(code)})" : "")}";
        return string.Create(
            CultureInfo.InvariantCulture, $"{(cell.RatePerS is { } rate ? Rate(rate) : Time(median))}, {cell.State.ToString().ToLowerInvariant()}, {cell.Launches} of {cell.LaunchesStarted} launches");
    }

    private static string Time(double us) => string.Create(CultureInfo.InvariantCulture, $"{us / 1000:0.000} ms");

    private static string Rate(double perS) => string.Create(CultureInfo.InvariantCulture, $"{perS:0.##} images/s");
}
