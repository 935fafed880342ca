using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Efforts;

namespace Fleetmark.Storage.Runs;

/// <summary>One execution of a plan. Table <c>run</c>.</summary>
internal sealed class RunRow
{
    public long RunId { get; init; }

    public Guid RunUid { get; init; }

    public long PlanId { get; init; }

    public required string IdempotencyKey { get; init; }

    public required byte[] RequestSha256 { get; init; }

    public RunOrigin Origin { get; init; }

    public RunState State { get; init; }

    public RunKeep Keep { get; init; }

    public Effort Effort { get; init; }

    public required string Owner { get; init; }

    public short Priority { get; init; }

    public float Weight { get; init; }

    public long OrderSeed { get; init; }

    public int ProtocolVersion { get; init; }

    public string? CommitSha { get; init; }

    public string[] Tags { get; init; } = [];

    public DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public bool CancelRequested { get; init; }
}
