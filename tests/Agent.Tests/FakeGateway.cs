using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.Channels;
using Fleetmark.Contracts.Fleet.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Tests;

/// <summary>
/// The silo's side of the link: a real gRPC server on a Unix socket. It answers hello with <see cref="Welcome"/>, gives each session to the test, and writes down what
/// an agent must not do.
/// </summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    internal const string ClusterId = "11111111-2222-3333-4444-555555555555";
    private const int LargestHello = 64 << 10;
    private const int LargestResult = 1 << 20;

    private readonly WebApplication _app;
    private readonly Channel<FakeSession> _sessions = Channel.CreateUnbounded<FakeSession>();
    private readonly ConcurrentQueue<string> _violations = new();

    private FakeGateway(WebApplication app) => _app = app;

    /// <summary>What a hello is answered with.</summary>
    internal Func<Hello, Welcome> Welcome { get; set; } = _ =>
        new Welcome { ClusterId = ClusterId, Protocol = 1, Incarnation = 1, HeartbeatMs = 200, LeaseMs = 60_000, ResultWindow = 4 };

    /// <summary>What the agent did against the protocol.</summary>
    internal IReadOnlyCollection<string> Violations => _violations;

    internal static async Task<FakeGateway> StartAsync(string socket)
    {
        File.Delete(socket);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        FakeGateway? gateway = null;
        builder.Services.AddSingleton(_ => gateway!);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        WebApplication app = builder.Build();
        gateway = new FakeGateway(app);
        app.MapGrpcService<Service>();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return gateway;
    }

    /// <summary>The next session an agent opens.</summary>
    internal Task<FakeSession> SessionAsync() => Eventually.Result("a session", _sessions.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask());

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private async Task TalkAsync(IAsyncStreamReader<AgentMessage> incoming, IServerStreamWriter<GatewayMessage> outgoing, ServerCallContext call)
    {
        if (!await incoming.MoveNext(call.CancellationToken) || incoming.Current.Hello is not { } hello)
        {
            _violations.Enqueue("the first message is not Hello");
            return;
        }

        Expect(hello.CalculateSize() <= LargestHello, "a Hello of more than 64 KiB");
        var session = new FakeSession(hello, call.RequestHeaders.GetValue("authorization"));
        await outgoing.WriteAsync(new GatewayMessage { Welcome = Welcome(hello) }, call.CancellationToken);
        await _sessions.Writer.WriteAsync(session, call.CancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken);
        try
        {
            Task reading = ReadAsync(incoming, session, end.Token);
            Task writing = WriteAsync(outgoing, session, end.Token);
            await Task.WhenAny(reading, writing);
        }
        finally
        {
            session.Over();
            await end.CancelAsync();
        }
    }

    private async Task ReadAsync(IAsyncStreamReader<AgentMessage> incoming, FakeSession session, CancellationToken cancel)
    {
        while (await incoming.MoveNext(cancel))
        {
            AgentMessage message = incoming.Current;
            Expect(message.KindCase is not (AgentMessage.KindOneofCase.None or AgentMessage.KindOneofCase.Hello), $"a {message.KindCase} in the session");
            if (message.Result is { } result)
            {
                Expect(session.Count(result), $"a fifth unanswered result, {result.Attempt}");
                Expect(result.Payload.Length <= LargestResult, $"a result of {result.Payload.Length} bytes");
                Expect(SHA256.HashData(result.Payload.Span).AsSpan().SequenceEqual(result.PayloadSha256.Span), "a payload of another hash");
            }

            session.Take(message);
        }
    }

    private static async Task WriteAsync(IServerStreamWriter<GatewayMessage> outgoing, FakeSession session, CancellationToken cancel)
    {
        await foreach (GatewayMessage message in session.Outgoing.Reader.ReadAllAsync(cancel)) await outgoing.WriteAsync(message, cancel);
    }

    private void Expect(bool condition, string violation)
    {
        if (!condition) _violations.Enqueue(violation);
    }

    private sealed class Service(FakeGateway gateway) : AgentGateway.AgentGatewayBase
    {
        public override Task Session(IAsyncStreamReader<AgentMessage> requestStream, IServerStreamWriter<GatewayMessage> responseStream, ServerCallContext context) =>
            gateway.TalkAsync(requestStream, responseStream, context);
    }
}
