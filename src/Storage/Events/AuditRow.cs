namespace Fleetmark.Storage.Events;

/// <summary>Who changed what. Insert-only. Table <c>audit</c>.</summary>
internal sealed class AuditRow
{
    public long AuditId { get; init; }

    public DateTimeOffset At { get; init; }

    public required string Actor { get; init; }

    public required string Action { get; init; }

    public required string Object { get; init; }

    public string Detail { get; init; } = "{}";
}
