namespace Fleetmark.Storage.Databases;

/// <summary>The one row that says which database this is; travels in every assignment and result. Table <c>cluster_identity</c>.</summary>
internal sealed class ClusterIdentityRow
{
    public bool OneRow { get; init; }

    public Guid ClusterId { get; init; }

    public long SystemIdentifier { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
