using System.Threading.Channels;
using Fleetmark.Contracts.Fleet.Wire;

namespace Fleetmark.Agent.Sessions;

/// <summary>
/// What the agent wants to say in the current session. A stream takes one write at a time, so everybody posts here and one loop writes. Without a session words are
/// dropped: the next <c>Hello</c> tells the whole state again.
/// </summary>
internal sealed class Outbox
{
    private const int Capacity = 64;
    private volatile Channel<AgentMessage>? _session;

    /// <summary>True while a session is open.</summary>
    internal bool IsOpen => _session is not null;

    /// <summary>Begins a session; what is posted from now on is read from the result.</summary>
    internal ChannelReader<AgentMessage> Open()
    {
        var session = Channel.CreateBounded<AgentMessage>(new BoundedChannelOptions(Capacity) { SingleReader = true });
        _session = session;
        return session.Reader;
    }

    /// <summary>Ends the session: what was posted is still read, nothing more is taken.</summary>
    internal void Close()
    {
        _session?.Writer.TryComplete();
        _session = null;
    }

    /// <summary>A word that may be lost, such as progress: dropped when there is no session or no room.</summary>
    internal void PostDroppable(AgentMessage message) => _session?.Writer.TryWrite(message);

    /// <summary>A word that matters. A session that has no room for it is stuck: it is closed, and the next one settles the state.</summary>
    /// <returns>True when it will be written if the session lives.</returns>
    internal bool Post(AgentMessage message)
    {
        if (_session is not { } session) return false;
        if (session.Writer.TryWrite(message)) return true;
        session.Writer.TryComplete(new IOException($"{Capacity} messages wait to be written"));
        return false;
    }
}
