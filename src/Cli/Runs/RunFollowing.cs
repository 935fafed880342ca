using Fleetmark.Cli.Databases;
using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;

namespace Fleetmark.Cli.Runs;

/// <summary>
/// Watches a run in the database until it is over, and shows every change. It shares its cores with the launches it watches: one row a second, and the whole run
/// only when that row says that something changed.
/// </summary>
internal sealed class RunFollowing(IRunReads runs, TimeProvider clock, CancellationToken stopped)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Follows the run to its end. Cancelling stops the looking, not the run.</summary>
    /// <exception cref="InvalidOperationException">The silo or the agent ended by itself.</exception>
    public async Task<RunResults> ToTheEndAsync(RunId run, IRunView view, CancellationToken cancel)
    {
        RunResults? last = null;
        await view.ShowAsync(async show =>
        {
            long begun = clock.GetTimestamp();
            RunStatus status = await runs.StatusAsync(run, cancel);
            int finishedBefore = status.Finished;
            RunStatus? shown = null;
            while (true)
            {
                if (status != shown)
                {
                    last = await runs.RequireResultsAsync(run, cancel);
                    show(last, status, RunEstimate.Left(status, finishedBefore, clock.GetElapsedTime(begun)));
                    shown = status;
                }

                if (status.State is not (RunState.Queued or RunState.Running)) return;
                await Task.Delay(LookEvery, clock, cancel);
                // A person who stops the command is answered as such, whatever else ends in that moment.
                cancel.ThrowIfCancellationRequested();
                if (stopped.IsCancellationRequested) throw new InvalidOperationException($"the silo or the agent of run {run} ended by itself");
                status = await runs.StatusAsync(run, cancel);
            }
        });
        return last!;
    }
}
