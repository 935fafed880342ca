using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading.Channels;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Results;
using Fleetmark.Fixtures;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Kind = Fleetmark.Contracts.Fleet.Wire.GatewayMessage.KindOneofCase;

namespace Fleetmark.Silo.Tests;

/// <summary>The agent's side of the link, played by hand: one stream, one CPU, real gRPC on a Unix socket.</summary>
internal sealed class FakeAgent : IAsyncDisposable
{
    internal const string Device = "cpu-1";
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<AgentMessage, GatewayMessage> _call;
    private readonly Channel<GatewayMessage> _received = Channel.CreateUnbounded<GatewayMessage>();
    private readonly List<GatewayMessage> _unasked = [];
    private readonly Task _reading;

    private FakeAgent(GrpcChannel channel, AsyncDuplexStreamingCall<AgentMessage, GatewayMessage> call)
    {
        _channel = channel;
        _call = call;
        _reading = ReadAsync();
    }

    /// <summary>What the silo answered to Hello.</summary>
    internal Welcome Welcome { get; private set; } = null!;

    /// <summary>How the silo ended the stream; null when it closed it without an error.</summary>
    internal RpcException? End { get; private set; }

    /// <summary>Completes when the silo ended the stream.</summary>
    internal Task Ended => _reading;

    /// <summary>Dials and says Hello; gives up waiting for Welcome when the silo refuses.</summary>
    internal static async Task<FakeAgent> DialAsync(string socket, string credential, Guid process, long epoch, Action<Hello>? change)
    {
        var handler = new SocketsHttpHandler { ConnectCallback = (_, cancel) => ConnectAsync(socket, cancel) };
        var channel = GrpcChannel.ForAddress("http://silo", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        var call = new AgentGateway.AgentGatewayClient(channel).Session(new Metadata { { "authorization", $"Bearer {credential}" } }, cancellationToken: CancellationToken.None);
        var agent = new FakeAgent(channel, call);
        var hello = new Hello
        {
            ProtocolLow = 1,
            ProtocolHigh = 1,
            AgentVersion = "1.0",
            ProcessId = process.ToString(),
            SessionEpoch = epoch,
            Host = "box",
            Devices = { new DeviceOffer { Uuid = Device, Vendor = "cpu", Name = "Test CPU", Cores = 2, Capabilities = { "runtime:ort131-cpu", "runtime:ort131-cpu/cpu/fp32", "provider:cpu", "precision:fp32" } } },
        };
        change?.Invoke(hello);
        await agent.SendAsync(new AgentMessage { Hello = hello });
        if (await agent.NextOrEndAsync(Kind.Welcome) is { } first) agent.Welcome = first.Welcome;
        return agent;
    }

    /// <summary>Says that the device is free, or what runs on it.</summary>
    internal Task BeatAsync(bool ready, int spooled = 0, params AttemptRef[] running) => SendAsync(new AgentMessage
    {
        Heartbeat = new Heartbeat { Devices = { new DeviceState { Uuid = Device, Ready = ready } }, SpoolDepth = spooled, Running = { running } },
    });

    /// <summary>Waits for the next assignment and says that it runs.</summary>
    internal async Task<Assign> TakeAsync()
    {
        Assign assign = (await NextAsync(Kind.Assign)).Assign;
        await SendAsync(new AgentMessage { Accepted = new Accepted { Attempt = assign.Attempt } });
        return assign;
    }

    internal async Task<Assign> AssignmentAsync() => (await NextAsync(Kind.Assign)).Assign;

    internal async Task<Cancel> CancelAsync() => (await NextAsync(Kind.Cancel)).Cancel;

    internal async Task<GoAway> GoAwayAsync() => (await NextAsync(Kind.GoAway)).GoAway;

    internal Task RefuseAsync(Assign assign, string reason) =>
        SendAsync(new AgentMessage { Refused = new Refused { Attempt = assign.Attempt, Reason = reason } });

    internal Task ReturnAsync(AttemptRef attempt, string reason) => SendAsync(new AgentMessage { Returned = new Returned { Attempt = attempt, Reason = reason } });

    /// <summary>Sends a result and waits for the answer.</summary>
    internal async Task<ResultAck> ResultAsync(AttemptResult result, Action<Result>? change = null)
    {
        byte[] payload = result.ToUtf8Json();
        var message = new Result
        {
            Attempt = new AttemptKey(new JobId(result.JobId), result.Attempt).ToWire(),
            ClusterId = result.ClusterId.ToString(),
            DeviceUuid = result.DeviceUuid,
            Payload = ByteString.CopyFrom(payload),
            PayloadSha256 = ByteString.CopyFrom(SHA256.HashData(payload)),
        };
        change?.Invoke(message);
        await SendAsync(new AgentMessage { Result = message });
        return (await NextAsync(Kind.ResultAck)).ResultAck;
    }

    /// <summary>A good result of an assignment.</summary>
    internal static AttemptResult Measured(Assign assign, Guid clusterId) => new()
    {
        ClusterId = clusterId,
        JobId = assign.Attempt.JobId,
        Attempt = assign.Attempt.Attempt,
        DeviceUuid = Device,
        Launches = [SampleLaunch.Valid()],
    };

    /// <summary>Cuts the stream without a word.</summary>
    internal void Cut() => _call.Dispose();

    public async ValueTask DisposeAsync()
    {
        _call.Dispose();
        await _reading;
        _channel.Dispose();
    }

    private async Task<GatewayMessage> NextAsync(Kind kind)
    {
        GatewayMessage? next = await NextOrEndAsync(kind);
        Assert.True(next is not null, $"expected {kind}, the silo ended the session: {End?.Status.ToString() ?? "without an error"}");
        return next;
    }

    /// <summary>The next message of a kind, whatever else came before it; null when the stream ended without one.</summary>
    private async Task<GatewayMessage?> NextOrEndAsync(Kind kind)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        while (true)
        {
            if (_unasked.FirstOrDefault(m => m.KindCase == kind) is { } next)
            {
                _unasked.Remove(next);
                return next;
            }

            if (!await _received.Reader.WaitToReadAsync(cancel).AsTask().WaitAsync(Patience, TimeProvider.System, cancel)) return null;
            while (_received.Reader.TryRead(out GatewayMessage? message)) _unasked.Add(message);
        }
    }

    internal async Task SendAsync(AgentMessage message)
    {
        try
        {
            await _call.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // The silo ended the stream; the reading side knows how.
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            await foreach (GatewayMessage message in _call.ResponseStream.ReadAllAsync(CancellationToken.None)) _received.Writer.TryWrite(message);
        }
        catch (RpcException e)
        {
            End = e;
        }
        finally
        {
            _received.Writer.TryComplete();
        }
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
