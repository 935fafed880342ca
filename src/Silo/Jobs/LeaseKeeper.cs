using System.Data.Common;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Silo.Sessions;
using Fleetmark.Storage.Fleet;
using Fleetmark.Storage.Jobs;

namespace Fleetmark.Silo.Jobs;

/// <summary>
/// Renews the leases of everything this silo's agents hold and still tell of, one statement per round. What is no longer theirs, or belongs to a run that is being stopped, is
/// cancelled on the agent; a session that did not accept an assignment in time is closed. Started by the host, ended by its stop.
/// </summary>
internal sealed partial class LeaseKeeper(
    SessionTable sessions, RenewStatement renew, FleetQueries fleet, DispatchOptions options, TimeProvider clock, ILogger<LeaseKeeper> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.RenewEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RenewAsync(stoppingToken);
                await fleet.NoteSeenAsync([.. sessions.Sessions.Select(s => s.AgentId)], stoppingToken);
                CloseUnanswered();
            }
            catch (DbException e)
            {
                LogNotRenewed(e);
            }
        }
    }

    private async Task RenewAsync(CancellationToken cancel)
    {
        List<(AgentSession Session, AttemptKey Key)> held = [.. sessions.Sessions.Where(s => !s.IsSilent).SelectMany(s => s.Held.Select(h => (s, h.Key)))];
        if (held.Count == 0) return;
        IReadOnlyList<RenewedLease> renewed = await renew.ExecuteAsync([.. held.Select(h => h.Key)], options.LeaseTime, cancel);
        var alive = renewed.Where(r => !r.CancelRequested).Select(r => r.Key).ToHashSet();
        foreach ((AgentSession session, AttemptKey key) in held.Where(h => !alive.Contains(h.Key)))
        {
            LogStopped(key.JobId.Value, key.Attempt, session.AgentId);
            session.TrySend(new GatewayMessage { Cancel = new Cancel { Attempt = key.ToWire() } });
        }
    }

    private void CloseUnanswered()
    {
        foreach (AgentSession session in sessions.Sessions)
        {
            if (!session.IsUnanswered(options.AcceptWithin)) continue;
            LogUnanswered(session.AgentId);
            sessions.Remove(session);
        }
    }

    [LoggerMessage(2501, LogLevel.Information, "Job {JobId} attempt {Attempt} is no longer agent {AgentId}'s; it is told to stop")]
    private partial void LogStopped(long jobId, int attempt, int agentId);

    [LoggerMessage(2502, LogLevel.Warning, "Agent {AgentId} did not answer an assignment in time; its session is closed")]
    private partial void LogUnanswered(int agentId);

    [LoggerMessage(2503, LogLevel.Warning, "Leases could not be renewed; the next round tries again")]
    private partial void LogNotRenewed(Exception exception);
}
