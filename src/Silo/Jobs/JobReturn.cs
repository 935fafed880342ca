using Fleetmark.Contracts.Jobs;
using Fleetmark.Silo.Fleet;
using Fleetmark.Storage.Jobs;

namespace Fleetmark.Silo.Jobs;

/// <summary>Gives a leased job back unstarted or unfinished: it is ready again after a second, and the attempt counts for nothing.</summary>
internal sealed class JobReturn(FailStatement fail, RunHints hints)
{
    /// <summary>Before it is handed out again: a device that keeps refusing must not fill the table of attempts.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

    /// <summary>Returns the attempt; one that is over already is left alone.</summary>
    public async Task ReturnAsync(AttemptKey key, string reason, CancellationToken cancel)
    {
        EndedAttempt? returned = await fail.ExecuteAsync(
            new FailRequest { JobId = key.JobId, Attempt = key.Attempt, Outcome = AttemptOutcome.Returned, ErrorText = reason, RetryAfter = Breath }, cancel);
        if (returned is not null) hints.WorkAvailable(returned.Pool, returned.RunId);
    }
}
