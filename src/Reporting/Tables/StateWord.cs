using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Reporting.Tables;

/// <summary>Names of states in CSV and JSON, and as class names; stable, English.</summary>
internal static class StateWord
{
    internal static string Of(CellState state) => state switch
    {
        CellState.Valid => "valid",
        CellState.Unstable => "unstable",
        CellState.Throttled => "throttled",
        CellState.Contended => "contended",
        CellState.Failed => "failed",
        CellState.Unsupported => "unsupported",
        CellState.Queued => "queued",
        CellState.Running => "running",
        CellState.Retrying => "retrying",
        CellState.Stale => "stale",
        CellState.Missing => "missing",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
