using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Silo.Sessions;
using Grpc.Core;

namespace Fleetmark.Silo.Fleet;

/// <summary>
/// The agents' door: one bidirectional stream per agent. It checks who dials, registers what the machine has, then turns messages into calls; the rows decide
/// everything that lasts.
/// </summary>
internal sealed partial class AgentGateway(
    AgentEnrolment enrolment, AgentRegistration registration, FailedLogins logins, SessionTable sessions, SessionMessages messages, TimeProvider clock, ILogger<AgentGateway> log)
    : Contracts.Fleet.Wire.AgentGateway.AgentGatewayBase
{
    /// <summary>Protocol this silo speaks.</summary>
    internal const int Protocol = 1;

    private static readonly TimeSpan HelloWithin = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override Task<EnrollReply> Enroll(EnrollRequest request, ServerCallContext context) => enrolment.EnrolAsync(request, Address(context), context.CancellationToken);

    /// <inheritdoc/>
    public override async Task Session(
        IAsyncStreamReader<AgentMessage> requestStream, IServerStreamWriter<GatewayMessage> responseStream, ServerCallContext context)
    {
        Hello hello = await ReadHelloAsync(requestStream, context.CancellationToken);
        AgentSession session = await RegisterAsync(hello, context);
        if (!sessions.TryAdd(session)) throw new RpcException(new Status(StatusCode.Unavailable, "a newer session of this agent is open, or this silo stops"));
        LogConnected(session.AgentId, hello.Host, session.Incarnation);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        Task writing = WriteAsync(session, responseStream, over.Token);
        Task reading = ReadAsync(session, requestStream, over.Token);
        try
        {
            // The agent hung up, or we closed the session: either way the call ends, so that the agent dials again.
            await Task.WhenAny(reading, writing);
        }
        finally
        {
            sessions.Remove(session);
            LogGone(session.AgentId);
            if (writing.IsCompleted) await over.CancelAsync();
        }

        await Task.WhenAll(reading, writing);
    }

    private async Task<AgentSession> RegisterAsync(Hello hello, ServerCallContext context)
    {
        string address = Address(context);
        logins.ThrowIfTooMany(address);
        try
        {
            return await registration.RegisterAsync(Credential(context), hello, context.CancellationToken);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unauthenticated)
        {
            logins.Failed(address);
            throw;
        }
    }

    private async Task<Hello> ReadHelloAsync(IAsyncStreamReader<AgentMessage> stream, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(HelloWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        if (!await stream.MoveNext(either.Token) || stream.Current.Hello is not { } hello)
            throw new RpcException(new Status(StatusCode.InvalidArgument, "the first message must be Hello"));
        if (hello.ProtocolLow > Protocol || hello.ProtocolHigh < Protocol)
            throw new RpcException(new Status(
                StatusCode.FailedPrecondition, $"the agent speaks protocols {hello.ProtocolLow} to {hello.ProtocolHigh}, this silo speaks {Protocol}"));
        return hello;
    }

    /// <summary>Reads until the agent hangs up or the call ends; never waits for anything but the next message, because heartbeats queue behind it.</summary>
    private async Task ReadAsync(AgentSession session, IAsyncStreamReader<AgentMessage> stream, CancellationToken cancel)
    {
        try
        {
            while (await stream.MoveNext(cancel)) await messages.HandleAsync(session, stream.Current, cancel);
        }
        catch (IOException)
        {
            LogCut(session.AgentId);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            LogCut(session.AgentId);
        }
    }

    private static async Task WriteAsync(AgentSession session, IServerStreamWriter<GatewayMessage> stream, CancellationToken cancel)
    {
        try
        {
            await foreach (GatewayMessage message in session.Outbound.ReadAllAsync(cancel)) await stream.WriteAsync(message, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The call is over; what waited here is settled by the agent's next Hello.
        }
        catch (InvalidOperationException) when (cancel.IsCancellationRequested)
        {
            // The same, seen by a write that had begun.
        }
    }

    /// <summary>Where a call comes from, without its port; over a Unix socket the folder of the socket has decided already who may call.</summary>
    private static string Address(ServerCallContext context) => context.GetHttpContext().Connection.RemoteIpAddress?.ToString() ?? "local";

    private static string Credential(ServerCallContext context)
    {
        const string Scheme = "Bearer ";
        string? entry = context.RequestHeaders.GetValue("authorization");
        return entry is not null && entry.StartsWith(Scheme, StringComparison.Ordinal)
            ? entry[Scheme.Length..]
            : throw new RpcException(new Status(StatusCode.Unauthenticated, "the call carries no credential"));
    }
}
