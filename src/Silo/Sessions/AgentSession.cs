using System.Collections.Concurrent;
using System.Threading.Channels;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Silo.Sessions;

/// <summary>
/// One agent's open stream as its silo sees it: what may be sent, which devices are ready, which attempts it holds. Lives as long as the stream; nothing here
/// matters after it, the rows know.
/// </summary>
internal sealed class AgentSession(int agentId, long incarnation, long epoch, IReadOnlyList<SessionDevice> devices, TimeProvider clock)
{
    /// <summary>Messages that may wait for a slow reader before the session is closed, beside an assignment and a cancel for each device.</summary>
    private const int OutboundLimit = 64;

    /// <summary>How long a session without a heartbeat is believed: then it gets no work, and its leases are not renewed.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>A heartbeat that was on its way when the attempt began does not know it yet; the second one that does not is right.</summary>
    private const int MissedHeartbeats = 2;

    private readonly Channel<GatewayMessage> _outbound = Channel.CreateBounded<GatewayMessage>(
        new BoundedChannelOptions(OutboundLimit + (2 * devices.Count)) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly ConcurrentDictionary<AttemptKey, HeldAttempt> _held = new();
    private volatile HashSet<string> _ready = [];
    private long _heardAt = clock.GetTimestamp();

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

    /// <summary>True when no heartbeat came for <see cref="Silence"/>.</summary>
    public bool IsSilent => clock.GetElapsedTime(Interlocked.Read(ref _heardAt)) > Silence;

    /// <summary>Devices that may start a job now: reported ready, and without an attempt on their way.</summary>
    public IEnumerable<SessionDevice> Ready => IsSilent ? [] : Devices.Where(d => _ready.Contains(d.Uuid) && !_held.Values.Any(h => h.DeviceId == d.DeviceId));

    /// <summary>The device with this UUID, or null when it is not this agent's.</summary>
    public SessionDevice? Device(string uuid) => Devices.FirstOrDefault(d => d.Uuid == uuid);

    /// <summary>Takes the device states and the running attempts of a heartbeat.</summary>
    /// <returns>True when readiness changed.</returns>
    public bool Report(Heartbeat heartbeat)
    {
        Interlocked.Exchange(ref _heardAt, clock.GetTimestamp());
        var ready = heartbeat.Devices.Where(d => d.Ready).Select(d => d.Uuid).ToHashSet(StringComparer.Ordinal);
        bool changed = !ready.SetEquals(_ready);
        _ready = ready;
        var running = heartbeat.Running.Select(AttemptKey.From).ToHashSet();
        foreach (HeldAttempt held in Held)
        {
            if (running.Contains(held.Key)) Accept(held.Key);
            else if (held.IsAccepted) _held.TryUpdate(held.Key, held with { Unmentioned = heartbeat.SpoolDepth > 0 ? 0 : held.Unmentioned + 1 }, held);
        }

        return changed;
    }

    /// <summary>Attempts the agent had and has no more: it neither runs them nor keeps their results. Their last word was lost on the way.</summary>
    public IReadOnlyList<AttemptKey> Vanished() => [.. Held.Where(h => h.Unmentioned >= MissedHeartbeats).Select(h => h.Key)];

    /// <summary>True when an assignment waits longer than <paramref name="limit"/> for the agent's word.</summary>
    public bool IsUnanswered(TimeSpan limit) => Held.Any(h => !h.IsAccepted && clock.GetElapsedTime(h.Since) > limit);

    /// <summary>Queues a message. A reader that is too slow to take it loses the session: the next one settles what it missed.</summary>
    /// <returns>False when the session is over.</returns>
    public bool TrySend(GatewayMessage message)
    {
        if (_outbound.Writer.TryWrite(message)) return true;
        Close();
        return false;
    }

    /// <summary>Queues an assignment and remembers it as held.</summary>
    public bool TryAssign(Assign assign, int deviceId)
    {
        var key = AttemptKey.From(assign.Attempt);
        _held[key] = new HeldAttempt(key, deviceId, clock.GetTimestamp(), IsAccepted: false);
        if (TrySend(new GatewayMessage { Assign = assign })) return true;
        _held.TryRemove(key, out _);
        return false;
    }

    /// <summary>The agent said that it has the attempt.</summary>
    public void Accept(AttemptKey key)
    {
        // An attempt that ended in this very moment stays forgotten.
        while (_held.TryGetValue(key, out HeldAttempt? held))
            if (_held.TryUpdate(key, held with { IsAccepted = true, Since = clock.GetTimestamp(), Unmentioned = 0 }, held)) return;
    }

    /// <summary>Attempts that were running when the session began.</summary>
    public void Adopt(AttemptKey key, int deviceId) => _held[key] = new HeldAttempt(key, deviceId, clock.GetTimestamp(), IsAccepted: true);

    /// <summary>The attempt is over.</summary>
    public void Forget(AttemptKey key) => _held.TryRemove(key, out _);

    /// <summary>Answers a result.</summary>
    /// <param name="key">Job and attempt.</param>
    /// <param name="answer">What became of it; anything but <c>later</c> ends the attempt.</param>
    /// <param name="code">Why, for a rejected one.</param>
    /// <param name="later">When to send it again.</param>
    public void Answer(AttemptKey key, ResultAck.Types.Answer answer, string code = "", TimeSpan later = default)
    {
        if (answer != ResultAck.Types.Answer.Later) Forget(key);
        TrySend(new GatewayMessage { ResultAck = new ResultAck { Attempt = key.ToWire(), Answer = answer, Code = code, LaterMs = (int)later.TotalMilliseconds } });
    }

    /// <summary>No more messages; the writer ends after those that wait.</summary>
    public void Close() => _outbound.Writer.TryComplete();
}
