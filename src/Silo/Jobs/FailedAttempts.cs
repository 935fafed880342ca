using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Results;
using Fleetmark.Measurement.Judging;
using Fleetmark.Silo.Sessions;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Results;

namespace Fleetmark.Silo.Jobs;

/// <summary>
/// Decides what becomes of an attempt that has no number, or one taken under bad conditions: tried again after a pause, dead, or failed for good. Bad conditions
/// are retried a limited number of times; then the result is accepted with its state. Nothing is chosen by value.
/// </summary>
internal sealed class FailedAttempts(JobQueries jobs, FailStatement fail, Random random)
{
    /// <summary>True when the result is to be completed: it has a number, and either good conditions or no retry left for bad ones.</summary>
    public async Task<bool> IsAcceptedAsync(PendingResult result)
    {
        if (result.Result.IsFailure || result.Result.Launches.Count == 0) return false;
        if (Last(result) is not (MeasurementState.Contended or MeasurementState.Throttled)) return true;
        NoiseRetries retries = await jobs.NoiseRetriesAsync(result.Key.JobId, CancellationToken.None);
        return retries.Used >= retries.Allowed;
    }

    /// <summary>Ends the attempt in the rows; null when it was over already.</summary>
    public Task<EndedAttempt?> StoreAsync(PendingResult result, CancellationToken cancel)
    {
        AttemptResult attempt = result.Result;
        FailRequest request = attempt.ErrorCode is { } code
            ? Error(result, code)
            : new FailRequest
            {
                Key = result.Key,
                Outcome = AttemptOutcome.RejectedNoise,
                ErrorCode = Last(result) == MeasurementState.Throttled ? "throttled" : "contended",
                RetryAfter = RetryDelay.AfterNoise(Last(result)),
            };
        return fail.ExecuteAsync(request with { DeviceIds = [result.Device.DeviceId], Launches = attempt.Launches }, cancel);
    }

    /// <summary>Ends the attempt of a result that is unreadable, or that the database will never take.</summary>
    /// <param name="key">Job and attempt.</param>
    /// <param name="devices">Devices of the agent that sent it: it ends no other device's attempt.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public Task<EndedAttempt?> RejectAsync(AttemptKey key, IReadOnlyList<SessionDevice> devices, CancellationToken cancel) => fail.ExecuteAsync(
        new FailRequest
        {
            Key = key,
            DeviceIds = [.. devices.Select(d => d.DeviceId)],
            Outcome = AttemptOutcome.Error,
            ErrorCode = FailureCode.ResultInvalid,
            Backoff = Backoff(),
        },
        cancel);

    private FailRequest Error(PendingResult result, string code) => new()
    {
        Key = result.Key,
        Outcome = AttemptOutcome.Error,
        ErrorCode = code,
        ErrorText = result.Result.ErrorText,
        LogTail = result.Result.LogTail,
        Permanent = FailureCode.IsPermanent(code),
        AttemptLimit = RetryDelay.AttemptLimit(code),
        Backoff = Backoff(),
    };

    /// <summary>Half of the pause to all of it: jobs that failed together do not come back together.</summary>
    private double Backoff() => 0.5 + (random.NextDouble() / 2);

    private static MeasurementState Last(PendingResult result) => result.Result.Launches[^1].State;
}
