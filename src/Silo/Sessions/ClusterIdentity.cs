namespace Fleetmark.Silo.Sessions;

/// <summary>Identity of the database this silo works for; it travels in every assignment and result, so that results never cross databases.</summary>
/// <param name="ClusterId">From the row <c>cluster_identity</c>, read once at start.</param>
internal sealed record ClusterIdentity(Guid ClusterId);
