using System.Threading.Channels;
using Fleetmark.Agent.Calibration;
using Fleetmark.Agent.Harness;
using Fleetmark.Agent.Jobs;
using Fleetmark.Agent.Loops;
using Fleetmark.Agent.Sessions;
using Fleetmark.Agent.Spool;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Link;

/// <summary>
/// The link to a silo, and the only place that knows gRPC: dials, says hello, keeps a session until it breaks, dials again, for ever. One loop writes, one reads; the
/// read loop only passes words on, because heartbeats of the silo queue behind it. Whatever a session loses, the next hello settles.
/// </summary>
internal sealed partial class GatewayLink(
    AttemptBoard board, ResultSpool spool, CalibrationStore calibrations, HarnessRecord harness, Enrolment enrolment, Outbox outbox, IOptions<AgentOptions> options, TimeProvider clock, ILogger<GatewayLink> log)
{
    private const int Protocol = 1;
    private const int FewestResults = 1;
    private static readonly TimeSpan WelcomeTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestHeartbeat = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly string _processId = Guid.NewGuid().ToString();
    private volatile bool _isClosing;

    /// <summary>Keeps a session until <paramref name="cancel"/>, or until <see cref="CloseAsync"/> ended the last one.</summary>
    internal async Task RunAsync(CancellationToken cancel)
    {
        using GrpcChannel channel = GatewayChannel.Open(options.Value);
        var delay = new RedialDelay(Random.Shared);
        while (!_isClosing)
        {
            SessionEnd end = await SessionAsync(new AgentGateway.AgentGatewayClient(channel), cancel);
            if (_isClosing || cancel.IsCancellationRequested) return;
            TimeSpan wait = delay.After(end);
            LogLost(options.Value.Gateway, end.Reason, wait);
            await Task.Delay(wait, clock, cancel);
        }
    }

    /// <summary>Ends the session politely: what waits in spool and outbox is sent if that is possible within <paramref name="limit"/>.</summary>
    /// <returns>False when there was no session.</returns>
    internal async Task<bool> CloseAsync(TimeSpan limit)
    {
        _isClosing = true;
        bool wasOpen = outbox.IsOpen;
        for (TimeSpan waited = TimeSpan.Zero; waited < limit && outbox.IsOpen && spool.Depth > 0; waited += Look) await Task.Delay(Look, clock);
        outbox.Close();
        return wasOpen;
    }

    private async Task<SessionEnd> SessionAsync(AgentGateway.AgentGatewayClient client, CancellationToken cancel)
    {
        using var session = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        long? welcomed = null;
        TimeSpan Length() => welcomed is { } at ? clock.GetElapsedTime(at) : TimeSpan.Zero;
        try
        {
            Metadata headers = await enrolment.CredentialAsync(client, session.Token) is { } credential ? new Metadata { { "authorization", "Bearer " + credential } } : [];
            using AsyncDuplexStreamingCall<AgentMessage, GatewayMessage> call = client.Session(headers, cancellationToken: session.Token);
            await call.RequestStream.WriteAsync(new AgentMessage { Hello = Hello() }, session.Token);
            Welcome welcome = await WelcomeAsync(call.ResponseStream, session);
            welcomed = clock.GetTimestamp();
            LogWelcomed(options.Value.Gateway, welcome.ClusterId, welcome.Incarnation);
            foreach (AttemptRef held in welcome.Stop) board.Fence(AttemptKey.From(held));
            GoAway? goAway = await TalkAsync(call, welcome, session);
            return new SessionEnd(Length(), goAway is null ? "the gateway ended the session" : "the gateway sent the agent away")
            {
                GoAway = goAway is null ? null : (TimeSpan.FromMilliseconds(goAway.LowMs), TimeSpan.FromMilliseconds(Math.Max(goAway.LowMs, goAway.HighMs))),
            };
        }
        catch (Exception e) when (e is RpcException or IOException or UnauthorizedAccessException or OperationCanceledException or TimeoutException or ChannelClosedException)
        {
            string reason = e is RpcException rpc ? $"{rpc.StatusCode}: {rpc.Status.Detail}" : e.Message;
            return new SessionEnd(Length(), reason) { IsTooOld = e is RpcException { StatusCode: StatusCode.FailedPrecondition } };
        }
    }

    private async Task<Welcome> WelcomeAsync(IAsyncStreamReader<GatewayMessage> incoming, CancellationTokenSource session)
    {
        Task<bool> first = incoming.MoveNext(session.Token);
        if (!await first.WaitAsync(WelcomeTimeout, clock, session.Token)) throw new IOException("the gateway ended the session before its welcome");
        return incoming.Current.Welcome ?? throw new IOException($"the gateway's first word is {incoming.Current.KindCase}, not Welcome");
    }

    /// <summary>Reads, writes, beats and sends results until one of them ends; then all of them.</summary>
    private async Task<GoAway?> TalkAsync(AsyncDuplexStreamingCall<AgentMessage, GatewayMessage> call, Welcome welcome, CancellationTokenSource session)
    {
        ChannelReader<AgentMessage> outgoing = outbox.Open();
        var results = new ResultLoop(spool, board, outbox, Math.Clamp(welcome.ResultWindow, FewestResults, GatewayChannel.MostResults), clock, log);
        TimeSpan beat = welcome.HeartbeatMs > 0 ? TimeSpan.FromMilliseconds(welcome.HeartbeatMs) : TimeSpan.FromSeconds(5);
        Task<GoAway?> reading = ReadAsync(call.ResponseStream, results, session.Token);
        Task writing = WriteAsync(call.RequestStream, outgoing, session.Token);
        Task[] all =
        [
            reading,
            writing,
            new HeartbeatLoop(board, spool, outbox, clock).RunAsync(beat < LongestHeartbeat ? beat : LongestHeartbeat, session.Token),
            results.RunAsync(session.Token),
        ];
        try
        {
            Task ended = await Task.WhenAny(all);
            await ended;
            // Said everything: a call that is cut now would take its last words with it, so the gateway ends it.
            if (ended == writing) await reading.WaitAsync(GoodbyeTimeout, clock, session.Token);
            return ended == reading ? await reading : null;
        }
        finally
        {
            outbox.Close();
            await session.CancelAsync();
            await Task.WhenAll(all).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task<GoAway?> ReadAsync(IAsyncStreamReader<GatewayMessage> incoming, ResultLoop results, CancellationToken cancel)
    {
        int unknown = 0;
        while (await incoming.MoveNext(cancel))
        {
            GatewayMessage message = incoming.Current;
            switch (message.KindCase)
            {
                case GatewayMessage.KindOneofCase.Assign:
                    board.Assign(message.Assign);
                    break;
                case GatewayMessage.KindOneofCase.ResultAck:
                    results.Answer(message.ResultAck);
                    break;
                case GatewayMessage.KindOneofCase.Cancel:
                    board.Cancel(AttemptKey.From(message.Cancel.Attempt));
                    break;
                case GatewayMessage.KindOneofCase.GoAway:
                    return message.GoAway;
                default:
                    LogUnknown(++unknown);
                    break;
            }
        }

        return null;
    }

    /// <summary>The one writer. It ends when the outbox is closed, and so tells the gateway that nothing more will come.</summary>
    private async Task WriteAsync(IClientStreamWriter<AgentMessage> stream, ChannelReader<AgentMessage> outgoing, CancellationToken cancel)
    {
        await foreach (AgentMessage message in outgoing.ReadAllAsync(cancel)) await stream.WriteAsync(message, cancel).WaitAsync(WriteTimeout, clock, cancel);
        await stream.CompleteAsync();
    }

    private Hello Hello()
    {
        var hello = new Hello
        {
            ProtocolLow = Protocol,
            ProtocolHigh = Protocol,
            AgentVersion = EnvironmentReporting.AgentVersion,
            ProcessId = _processId,
            SessionEpoch = SessionEpoch.Next(options.Value.Epoch()),
            Host = Environment.MachineName,
            SelfCheck = harness.Report?.ToJson() ?? "",
        };
        hello.Labels.AddRange(options.Value.Labels);
        hello.Devices.AddRange(board.Devices.Select((device, ordinal) => new DeviceOffer
        {
            Uuid = device.Uuid,
            Vendor = device.Vendor,
            Name = device.Name,
            Ordinal = ordinal,
            MemoryMib = device.MemoryMib,
            Cores = device.IsCpu ? device.Cpus.Count : 0,
            ComputeCapability = device.ComputeCapability ?? "",
            Simulated = device.IsSimulated,
            Calibration = calibrations.Current(device.Uuid) is { } calibration ? Wire(calibration) : null,
            Capabilities = { device.Capabilities },
            Runtimes = { device.Findings.Select(f => new RuntimeState { Flavour = f.Flavour, Provider = f.Provider, State = f.State, Reason = f.Reason }) },
        }));
        // In this order: an attempt that ends in between is in both lists, and counts as spooled; the other way round it would be in neither.
        IReadOnlyList<AttemptKey> running = board.Running();
        AttemptKey[] spooled = [.. spool.Waiting().Select(result => result.Attempt)];
        hello.Held.AddRange(running.Except(spooled).Select(attempt => attempt.ToWire()));
        hello.Spooled.AddRange(spooled.Select(attempt => attempt.ToWire()));
        return hello;
    }

    private static CardCalibration Wire(DeviceCalibration calibration) => new()
    {
        MeasuredAtUnixS = calibration.MeasuredAt.ToUnixTimeSeconds(),
        SmClockMhz = calibration.SmClockMhz ?? 0,
        P50Us = calibration.P50Us,
        PowerW = calibration.PowerW ?? 0,
        TempC = calibration.TempC ?? 0,
    };
}
