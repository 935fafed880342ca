namespace Fleetmark.Storage.Fleet;

/// <summary>The program on a machine. Table <c>agent</c>.</summary>
internal sealed class AgentRow
{
    public int AgentId { get; init; }

    public Guid AgentKey { get; init; }

    public required string Name { get; init; }

    public required string Host { get; init; }

    public required string Version { get; init; }

    public string[] Labels { get; init; } = [];

    public required byte[] CredentialSha256 { get; init; }

    public byte[]? NextCredentialSha256 { get; init; }

    public Guid? ProcessId { get; init; }

    public long Incarnation { get; init; }

    public long SessionEpoch { get; init; }

    public string? SessionSilo { get; init; }

    public byte[]? InventorySha256 { get; init; }

    public short Desired { get; init; }

    public string? Selfcheck { get; init; }

    public DateTimeOffset EnrolledAt { get; init; }

    public DateTimeOffset? LastSeenAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}
