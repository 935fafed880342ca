using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Silo.Sessions;

namespace Fleetmark.Silo.Fleet;

/// <summary>
/// Sends the agents away before the server stops: open streams would hold up its end, and a stream that is cut tells an agent nothing. Called by the host before it
/// stops anything.
/// </summary>
internal sealed class SessionFarewell(SessionTable sessions, TimeProvider clock) : IHostedLifecycleService
{
    private const int DialAgainWithinMs = 5000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        foreach (AgentSession session in sessions.CloseDoor())
        {
            session.TrySend(new GatewayMessage { GoAway = new GoAway { LowMs = 0, HighMs = DialAgainWithinMs } });
            session.Close();
        }

        long begun = clock.GetTimestamp();
        while (sessions.Sessions.Any() && clock.GetElapsedTime(begun) < Patience && !cancellationToken.IsCancellationRequested)
            await Task.Delay(Look, clock, CancellationToken.None);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
