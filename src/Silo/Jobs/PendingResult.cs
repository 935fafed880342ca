using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Results;
using Fleetmark.Silo.Sessions;
using Fleetmark.Storage.Results;

namespace Fleetmark.Silo.Jobs;

/// <summary>A result that was received and is not stored yet.</summary>
/// <param name="Session">Where the answer goes.</param>
/// <param name="Device">The device it was measured on.</param>
/// <param name="Result">What the agent says.</param>
internal sealed record PendingResult(AgentSession Session, SessionDevice Device, AttemptResult Result)
{
    /// <summary>Job and attempt.</summary>
    public AttemptKey Key => new(new JobId(Result.JobId), Result.Attempt);

    /// <summary>The result as the statement takes it.</summary>
    public CompletionRequest ToCompletion() => new(Key, Device.DeviceId, Result.Launches, Result.Inspection);
}
