using Fleetmark.Cli.Databases;
using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;

namespace Fleetmark.Cli.Runs;

/// <summary>Watches a run in the database until it is over, and shows every change.</summary>
internal sealed class RunFollowing(DatabaseAccess database, TimeProvider clock, CancellationToken stopped)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(400);

    /// <summary>Follows the run to its end. Cancelling stops the looking, not the run.</summary>
    public async Task<RunResults> ToTheEndAsync(RunId run, IRunView view, CancellationToken cancel)
    {
        RunResults last = await database.RequireResultsAsync(run, cancel);
        await view.ShowAsync(async show =>
        {
            long begun = clock.GetTimestamp();
            int finishedBefore = (await database.Runs.StatusAsync(run, cancel)).Finished;
            while (true)
            {
                if (stopped.IsCancellationRequested) throw new InvalidOperationException($"the silo of run {run} stopped by itself");
                RunStatus status = await database.Runs.StatusAsync(run, cancel);
                last = await database.RequireResultsAsync(run, cancel);
                show(last, status, RunEstimate.Left(status, finishedBefore, clock.GetElapsedTime(begun)));
                if (status.State is not (RunState.Queued or RunState.Running)) return;
                await Task.Delay(LookEvery, clock, cancel);
            }
        });
        return last;
    }
}
