using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Fleetmark.Silo.Sessions;

/// <summary>The open sessions of this silo, and the bell that rings when the set of ready devices may have changed.</summary>
internal sealed class SessionTable
{
    private readonly ConcurrentDictionary<int, AgentSession> _byAgent = new();

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private volatile bool _isClosed;

    /// <summary>All open sessions.</summary>
    public IEnumerable<AgentSession> Sessions => _byAgent.Values;

    /// <summary>Rings after every change; several changes ring once.</summary>
    public ChannelReader<bool> Changes => _changes.Reader;

    /// <summary>Lets no new session in from now on.</summary>
    /// <returns>The sessions that are open.</returns>
    public IReadOnlyList<AgentSession> CloseDoor()
    {
        _isClosed = true;
        return [.. Sessions];
    }

    /// <summary>Puts a session in the place of the agent's earlier one, which is closed; false when the earlier one has a higher epoch, or this silo stops.</summary>
    public bool TryAdd(AgentSession session)
    {
        if (_isClosed) return false;
        AgentSession? replaced = null;
        AgentSession current = _byAgent.AddOrUpdate(session.AgentId, session, (_, old) =>
        {
            replaced = old;
            return old.Epoch < session.Epoch ? session : old;
        });
        if (!ReferenceEquals(current, session)) return false;
        replaced?.Close();
        if (_isClosed) // meanwhile: nobody would send it away
        {
            Remove(session);
            return false;
        }

        Ring();
        return true;
    }

    /// <summary>Takes a session out, unless another one took its place.</summary>
    public void Remove(AgentSession session)
    {
        session.Close();
        if (_byAgent.TryRemove(KeyValuePair.Create(session.AgentId, session))) Ring();
    }

    /// <summary>The session whose agent offers the device, or null when nobody here does.</summary>
    public AgentSession? ForDevice(int deviceId) => Sessions.FirstOrDefault(s => s.Devices.Any(d => d.DeviceId == deviceId));

    /// <summary>Something about readiness changed.</summary>
    public void Ring() => _changes.Writer.TryWrite(true);
}
