using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Silo.Jobs;
using Fleetmark.Storage.Jobs;

namespace Fleetmark.Silo.Fleet;

/// <summary>This silo's gateway as the pools see it: turns leased jobs into messages on the agents' streams.</summary>
internal sealed class GatewayObserver(
    SessionTable sessions, JobQueries jobs, ClusterIdentity identity, DispatchOptions options, TimeProvider clock) : IGatewayObserver
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Assignment>> Deliver(IReadOnlyList<Assignment> assignments, CancellationToken cancel)
    {
        IReadOnlyDictionary<long, JobSpecification> specifications = await jobs.SpecificationsAsync([.. assignments.Select(a => a.JobId)], cancel);
        List<Assignment> undelivered = [];
        foreach (Assignment assignment in assignments)
            if (!TryDeliver(assignment, specifications.GetValueOrDefault(assignment.JobId.Value))) undelivered.Add(assignment);
        sessions.Ring();
        return undelivered.ToArray();
    }

    private bool TryDeliver(Assignment assignment, JobSpecification? specification)
    {
        if (specification is null || sessions.ForDevice(assignment.DeviceId) is not { } session) return false;
        SessionDevice device = session.Devices.First(d => d.DeviceId == assignment.DeviceId);
        var assign = new Assign
        {
            ClusterId = identity.ClusterId.ToString(),
            Attempt = new AttemptKey(assignment.JobId, assignment.Attempt).ToWire(),
            DeviceUuid = device.Uuid,
            LeaseRemainingMs = (int)options.LeaseTime.TotalMilliseconds,
            Launch = LaunchSpecifications.Of(specification),
        };
        return session.TryAssign(assign, assignment.DeviceId, clock.GetUtcNow());
    }
}
