namespace Fleetmark.Storage.Plans;

/// <summary>A plan as written; immutable, an edit is a new row. Table <c>plan</c>.</summary>
internal sealed class PlanRow
{
    public long PlanId { get; init; }

    public required string Name { get; init; }

    public required byte[] Sha256 { get; init; }

    public required string Source { get; init; }

    public required string Spec { get; init; }

    public int SchemaVersion { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }
}
