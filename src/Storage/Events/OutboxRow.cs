namespace Fleetmark.Storage.Events;

/// <summary>The event log behind live pages; ids commit out of order, so readers stop at the oldest open transaction. Table <c>outbox</c>.</summary>
internal sealed class OutboxRow
{
    public long OutboxId { get; init; }

    public ulong Txid { get; init; }

    public long? PlanId { get; init; }

    public long? RunId { get; init; }

    public required string Kind { get; init; }

    public required string Body { get; init; }

    public DateTimeOffset At { get; init; }
}
