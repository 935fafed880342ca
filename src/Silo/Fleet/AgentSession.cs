using System.Collections.Concurrent;
using System.Threading.Channels;
using Fleetmark.Contracts.Fleet.Wire;

namespace Fleetmark.Silo.Fleet;

/// <summary>
/// One agent's open stream as its silo sees it: what may be sent, which devices are ready, which attempts it holds. Lives as long as the stream; nothing here
/// matters after it, the rows know.
/// </summary>
internal sealed class AgentSession(int agentId, long incarnation, long epoch, IReadOnlyList<SessionDevice> devices)
{
    /// <summary>Messages that may wait for a slow reader before the session is closed.</summary>
    internal const int OutboundLimit = 64;

    private readonly Channel<GatewayMessage> _outbound = Channel.CreateBounded<GatewayMessage>(
        new BoundedChannelOptions(OutboundLimit) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly ConcurrentDictionary<AttemptKey, HeldAttempt> _held = new();
    private volatile HashSet<string> _ready = [];

    /// <summary>Row of the agent.</summary>
    public int AgentId { get; } = agentId;

    /// <summary>Number of the agent's process.</summary>
    public long Incarnation { get; } = incarnation;

    /// <summary>Number of the dial; the higher one replaces the session.</summary>
    public long Epoch { get; } = epoch;

    /// <summary>The agent's devices.</summary>
    public IReadOnlyList<SessionDevice> Devices { get; } = devices;

    /// <summary>Messages on their way out, for the one writer of the stream.</summary>
    public ChannelReader<GatewayMessage> Outbound => _outbound.Reader;

    /// <summary>Attempts this session holds: assigned and not yet ended.</summary>
    public IEnumerable<HeldAttempt> Held => _held.Values;

    /// <summary>Devices that may start a job now: reported ready and without an attempt on their way.</summary>
    public IEnumerable<SessionDevice> Ready => Devices.Where(d => _ready.Contains(d.Uuid) && !_held.Values.Any(h => h.DeviceId == d.DeviceId));

    /// <summary>The device with this UUID, or null when it is not this agent's.</summary>
    public SessionDevice? Device(string uuid) => Devices.FirstOrDefault(d => d.Uuid == uuid);

    /// <summary>Takes the device states and the running attempts of a heartbeat; true when readiness changed.</summary>
    public bool Report(Heartbeat heartbeat, DateTimeOffset now)
    {
        var ready = heartbeat.Devices.Where(d => d.Ready).Select(d => d.Uuid).ToHashSet(StringComparer.Ordinal);
        bool changed = !ready.SetEquals(_ready);
        _ready = ready;
        foreach (AttemptRef running in heartbeat.Running) Accept(AttemptKey.From(running), now);
        return changed;
    }

    /// <summary>Queues a message; false when the reader is too slow or the session is over.</summary>
    public bool TrySend(GatewayMessage message) => _outbound.Writer.TryWrite(message);

    /// <summary>Queues an assignment and remembers it as held.</summary>
    public bool TryAssign(Assign assign, int deviceId, DateTimeOffset now)
    {
        var key = AttemptKey.From(assign.Attempt);
        _held[key] = new HeldAttempt(key, deviceId, now, IsAccepted: false);
        if (TrySend(new GatewayMessage { Assign = assign })) return true;
        _held.TryRemove(key, out _);
        return false;
    }

    /// <summary>The agent said that it has the attempt.</summary>
    public void Accept(AttemptKey key, DateTimeOffset now)
    {
        if (_held.TryGetValue(key, out HeldAttempt? held)) _held[key] = held with { IsAccepted = true, AssignedAt = now };
    }

    /// <summary>Attempts that were running when the session began.</summary>
    public void Adopt(AttemptKey key, int deviceId, DateTimeOffset now) => _held[key] = new HeldAttempt(key, deviceId, now, IsAccepted: true);

    /// <summary>The attempt is over.</summary>
    public void Forget(AttemptKey key) => _held.TryRemove(key, out _);

    /// <summary>No more messages; the writer ends after those that wait.</summary>
    public void Close() => _outbound.Writer.TryComplete();
}
