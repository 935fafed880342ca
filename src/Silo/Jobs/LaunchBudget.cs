using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Storage.Jobs;

namespace Fleetmark.Silo.Jobs;

/// <summary>
/// The time budget of effort <c>quick</c>: withdraws the launches that would take a cell too far. A cell with at least one launch is complete without them.
/// </summary>
internal sealed class LaunchBudget(JobQueries jobs, WithdrawStatement withdraw)
{
    private static readonly EffortSettings Quick = EffortSettings.For(Effort.Quick, isCpu: true);

    /// <summary>Applies the rule to every cell of a quick run that waits for a further launch; other runs are left alone.</summary>
    public async Task ApplyAsync(RunId run, CancellationToken cancel)
    {
        IReadOnlyList<CellSpending> cells = await jobs.QuickSpendingAsync(run, cancel);
        JobId[] surplus = [.. cells.Where(c => !QuickBudget.MayStartAnother(Quick, c.Spent)).SelectMany(c => c.Waiting)];
        if (surplus.Length > 0) await withdraw.ExecuteAsync(surplus, FailureCode.Budget, cancel);
    }
}
