using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Tables;

namespace Fleetmark.Cli;

/// <summary>What the process says to scripts.</summary>
internal static class ExitCode
{
    /// <summary>Everything asked for was done.</summary>
    internal const int Success = 0;

    /// <summary>An unexpected defect of ours.</summary>
    internal const int Defect = 1;

    /// <summary>Bad plan, bad arguments, or a machine that lacks something; nothing was stored.</summary>
    internal const int BadInput = 2;

    /// <summary>Some cells failed or were not valid, or some checks failed.</summary>
    internal const int NotAllValid = 3;

    /// <summary>Nothing was measured.</summary>
    internal const int NothingMeasured = 4;

    /// <summary>The program to look at cannot be started.</summary>
    internal const int NotStarted = 4;

    /// <summary>Ctrl-C.</summary>
    internal const int Interrupted = 130;

    /// <summary>
    /// The verdict on a finished run. <c>unsupported</c> cells and cells of device classes that nobody offers are a warning only, unless
    /// <paramref name="requireAll"/> is set.
    /// </summary>
    internal static int Of(IReadOnlyList<CellResult> cells, bool requireAll)
    {
        if (!cells.Any(c => c.P50Us is not null)) return NothingMeasured;
        return cells.All(c => c.State == CellState.Valid || (!requireAll && IsWarningOnly(c))) ? Success : NotAllValid;
    }

    /// <summary>True for a cell that this machine could never have measured.</summary>
    internal static bool IsWarningOnly(CellResult cell) =>
        cell.State == CellState.Unsupported || (cell.State == CellState.Missing && cell.Code == FailureCode.NoDeviceClass);
}
