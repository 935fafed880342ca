using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Storage.Jobs;

/// <summary>One execution of a job under a lease; its number is the fence. Table <c>attempt</c>.</summary>
internal sealed class AttemptRow
{
    public long JobId { get; init; }

    public int AttemptNo { get; init; }

    public int DeviceId { get; init; }

    public long AgentIncarnation { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public AttemptOutcome? Outcome { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorText { get; init; }

    public string? LogTail { get; init; }
}
