using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Storage.Jobs;

/// <summary>A cell that has launches left.</summary>
/// <param name="Waiting">The jobs that wait.</param>
/// <param name="Spent">Length of each launch so far, in the order of repetitions; at least one.</param>
public sealed record CellSpending(IReadOnlyList<JobId> Waiting, IReadOnlyList<TimeSpan> Spent);
