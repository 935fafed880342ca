using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Storage.Results;

/// <summary>A cell whose projection is older than its facts.</summary>
/// <param name="CellId">Row of the cell.</param>
/// <param name="Basis">Ended attempts plus accepted results.</param>
/// <param name="Attempts">Attempts, open ones too.</param>
/// <param name="Complete">True when no job of it is open.</param>
/// <param name="FailedJobs">Jobs that were tried and have no number.</param>
/// <param name="Code">Code of the first job without a number; null when there is none.</param>
/// <param name="Repetitions">Repetitions it has jobs for.</param>
/// <param name="MayGrow">True while the run takes further repetitions: it is open or can be resumed, and nobody cancelled it.</param>
/// <param name="Kind">What it measures.</param>
public sealed record UnprojectedCell(int CellId, int Basis, int Attempts, bool Complete, int FailedJobs, string? Code, int Repetitions, bool MayGrow, CellKind Kind);
