using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Storage.Tables;

/// <summary>The jobs of a cell in a run, counted.</summary>
/// <param name="Ready">Jobs that wait.</param>
/// <param name="Leased">Jobs that are being measured.</param>
/// <param name="Retrying">Waiting jobs that were tried before.</param>
/// <param name="Done">Jobs whose result was accepted.</param>
/// <param name="Code">Code of the first job that ended without a number; null when there is none.</param>
internal sealed record CellQueue(int Ready, int Leased, int Retrying, int Done, string? Code)
{
    /// <summary>
    /// What the cell's place shows: an open cell says where it stands, a closed one what its projection says, and one that was withdrawn says why. The projection
    /// follows the last result a moment later; until then the cell still runs.
    /// </summary>
    /// <param name="projected">State of the projection; null when there is none.</param>
    /// <param name="isComplete">True when the projection knows that all jobs are over, or nobody will bring it up to date.</param>
    /// <param name="hasNumber">True when the projection has a number.</param>
    public CellState State(short? projected, bool isComplete, bool hasNumber)
    {
        if (Leased > 0) return CellState.Running;
        if (Retrying > 0) return CellState.Retrying;
        if (Ready > 0) return CellState.Queued;
        if (Done > 0 && !isComplete) return CellState.Running;
        if (hasNumber || Code is null) return projected is { } state ? (CellState)state : CellState.Missing;
        if (FailureCode.IsUnsupported(Code)) return CellState.Unsupported;
        return Code is FailureCode.NoDeviceClass or FailureCode.Cancelled or FailureCode.Budget ? CellState.Missing : CellState.Failed;
    }
}
