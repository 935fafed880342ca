using Fleetmark.Contracts.Jobs;
using Fleetmark.Silo.Sessions;
using Fleetmark.Storage.Results;

namespace Fleetmark.Silo.Jobs;

/// <summary>Gives a leased job back unstarted or unfinished: it is ready again after a second, and the attempt counts for nothing.</summary>
internal sealed class JobReturn(FailStatement fail, RunHints hints)
{
    /// <summary>Before it is handed out again: a device that keeps refusing must not fill the table of attempts.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

    /// <summary>Returns the attempt; one that is over already is left alone.</summary>
    /// <param name="key">Job and attempt.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="devices">Devices of the agent that returns it: it speaks for no others. Null when the silo itself takes it back.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public async Task ReturnAsync(AttemptKey key, string reason, IReadOnlyList<SessionDevice>? devices, CancellationToken cancel)
    {
        var request = new FailRequest
        {
            Key = key,
            DeviceIds = devices?.Select(d => d.DeviceId).ToArray(),
            Outcome = AttemptOutcome.Returned,
            ErrorText = reason,
            RetryAfter = Breath,
        };
        if (await fail.ExecuteAsync(request, cancel) is { } returned) hints.WorkAvailable(returned.Pool, returned.RunId);
    }
}
