using Fleetmark.Agent.Jobs;
using Fleetmark.Agent.Sessions;
using Fleetmark.Agent.Spool;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Fleet.Wire;

namespace Fleetmark.Agent.Loops;

/// <summary>
/// Says what every device does, as often as the silo asked, and at once when one became free or busy, so that nobody waits for the next beat. Always the full state:
/// a lost one costs nothing. Started with a session, ended with it.
/// </summary>
internal sealed class HeartbeatLoop(AttemptBoard board, ResultSpool spool, Outbox outbox, TimeProvider clock)
{
    internal async Task RunAsync(TimeSpan interval, CancellationToken cancel)
    {
        while (true)
        {
            var heartbeat = new Heartbeat { SpoolDepth = spool.Depth };
            heartbeat.Devices.AddRange(board.States());
            heartbeat.Running.AddRange(board.Running().Select(attempt => attempt.ToWire()));
            outbox.PostDroppable(new AgentMessage { Heartbeat = heartbeat });
            await board.Changed.WaitAsync(interval, clock, cancel);
        }
    }
}
