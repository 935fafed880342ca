using System.Data.Common;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Silo.Jobs;
using Fleetmark.Silo.Sessions;
using Fleetmark.Storage.Jobs;

namespace Fleetmark.Silo.Fleet;

/// <summary>This silo's gateway as the pools see it: turns leased jobs into messages on the agents' streams.</summary>
internal sealed partial class GatewayObserver(
    SessionTable sessions, JobQueries jobs, ClusterIdentity identity, DispatchOptions options, RunHints hints, ILogger<GatewayObserver> log) : IGatewayObserver
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Assignment>> Deliver(IReadOnlyList<Assignment> assignments, CancellationToken cancel)
    {
        List<Assignment> undelivered = [];
        try
        {
            IReadOnlyDictionary<long, JobSpecification> specifications = await jobs.SpecificationsAsync([.. assignments.Select(a => a.JobId)], cancel);
            cancel.ThrowIfCancellationRequested(); // the pool has taken the leases back
            foreach (Assignment assignment in assignments)
            {
                JobSpecification? specification = specifications.GetValueOrDefault(assignment.JobId.Value);
                if (specification is not null && TryDeliver(assignment, specification)) hints.Progress(specification.RunId);
                else undelivered.Add(assignment);
            }
        }
        catch (DbException e)
        {
            LogUnknownJobs(e, assignments.Count);
            return assignments;
        }

        sessions.Ring();
        return undelivered.ToArray();
    }

    private bool TryDeliver(Assignment assignment, JobSpecification specification)
    {
        if (sessions.ForDevice(assignment.DeviceId) is not { } session) return false;
        SessionDevice device = session.Devices.First(d => d.DeviceId == assignment.DeviceId);
        var assign = new Assign
        {
            ClusterId = identity.ClusterId.ToString(),
            Attempt = new AttemptKey(assignment.JobId, assignment.Attempt).ToWire(),
            DeviceUuid = device.Uuid,
            LeaseRemainingMs = (int)options.LeaseTime.TotalMilliseconds,
            Launch = LaunchSpecifications.Of(specification),
        };
        return session.TryAssign(assign, assignment.DeviceId);
    }

    [LoggerMessage(2901, LogLevel.Warning, "The database does not say what {Count} leased jobs are; they go back")]
    private partial void LogUnknownJobs(Exception exception, int count);
}
