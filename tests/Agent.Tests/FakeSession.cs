using System.Collections.Concurrent;
using System.Threading.Channels;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Results;
using Kind = Fleetmark.Contracts.Fleet.Wire.AgentMessage.KindOneofCase;

namespace Fleetmark.Agent.Tests;

/// <summary>One session of an agent, seen from the gateway.</summary>
internal sealed class FakeSession(Hello hello, string? authorization)
{
    private readonly ConcurrentDictionary<Kind, Channel<AgentMessage>> _received = new();
    private readonly ConcurrentDictionary<AttemptRef, bool> _unanswered = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Hello Hello => hello;

    internal string? Authorization => authorization;

    internal Channel<GatewayMessage> Outgoing { get; } = Channel.CreateUnbounded<GatewayMessage>();

    /// <summary>Completes when the session is over for whatever reason.</summary>
    internal Task Ended => _ended.Task;

    internal void Send(Assign assign) => Outgoing.Writer.TryWrite(new GatewayMessage { Assign = assign });

    internal void Send(Cancel cancel) => Outgoing.Writer.TryWrite(new GatewayMessage { Cancel = cancel });

    internal void Send(GoAway goAway) => Outgoing.Writer.TryWrite(new GatewayMessage { GoAway = goAway });

    /// <summary>Counts a result as unanswered; false when there are more than four.</summary>
    internal bool Count(Result result)
    {
        _unanswered.TryAdd(result.Attempt, true);
        return _unanswered.Count <= 4;
    }

    internal void Answer(Result result, ResultAck.Types.Answer answer, int laterMs = 0)
    {
        _unanswered.TryRemove(result.Attempt, out _);
        Outgoing.Writer.TryWrite(new GatewayMessage { ResultAck = new ResultAck { Attempt = result.Attempt, Answer = answer, LaterMs = laterMs } });
    }

    /// <summary>Ends the session from the gateway's side.</summary>
    internal void End() => Outgoing.Writer.TryComplete();

    internal void Over() => _ended.TrySetResult();

    internal void Take(AgentMessage message) => Of(message.KindCase).Writer.TryWrite(message);

    internal async Task<Accepted> AcceptedAsync() => (await NextAsync(Kind.Accepted)).Accepted;

    internal async Task<Refused> RefusedAsync() => (await NextAsync(Kind.Refused)).Refused;

    internal async Task<Returned> ReturnedAsync() => (await NextAsync(Kind.Returned)).Returned;

    internal async Task<Result> ResultAsync() => (await NextAsync(Kind.Result)).Result;

    internal async Task<Progress> ProgressAsync() => (await NextAsync(Kind.Progress)).Progress;

    /// <summary>A result, accepted, as the record it holds.</summary>
    internal async Task<AttemptResult> AcceptResultAsync()
    {
        Result result = await ResultAsync();
        Answer(result, ResultAck.Types.Answer.Accepted);
        return AttemptResult.FromUtf8Json(result.Payload.Span);
    }

    /// <summary>The next heartbeat.</summary>
    internal async Task<Heartbeat> HeartbeatAsync() => (await NextAsync(Kind.Heartbeat)).Heartbeat;

    /// <summary>The next heartbeat that says so of the first device.</summary>
    internal async Task<Heartbeat> HeartbeatAsync(string whyNot)
    {
        while (true)
        {
            Heartbeat heartbeat = await HeartbeatAsync();
            if (heartbeat.Devices[0].WhyNot == whyNot && heartbeat.Devices[0].Ready == (whyNot.Length == 0)) return heartbeat;
        }
    }

    /// <summary>Waits until a launch is in a phase.</summary>
    internal async Task PhaseAsync(string phase)
    {
        while ((await ProgressAsync()).Phase != phase)
        {
            // An earlier phase.
        }
    }

    /// <summary>Messages of a kind nobody has asked for yet.</summary>
    internal int Waiting(Kind kind) => Of(kind).Reader.Count;

    private Task<AgentMessage> NextAsync(Kind kind) => Eventually.Result($"a message {kind}", Of(kind).Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask());

    private Channel<AgentMessage> Of(Kind kind) => _received.GetOrAdd(kind, _ => Channel.CreateUnbounded<AgentMessage>());
}
