using System.Security.Cryptography;
using System.Text.Json;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Results;
using Fleetmark.Silo.Jobs;
using Fleetmark.Silo.Sessions;

namespace Fleetmark.Silo.Fleet;

/// <summary>What each message of an agent means. Nothing here waits for the database but the end of an attempt without a result, which is rare.</summary>
internal sealed partial class SessionMessages(
    SessionTable sessions, ResultWriter results, FailedAttempts failed, JobReturn jobReturn, ILogger<SessionMessages> log)
{
    /// <summary>Longest accepted payload of a result, in bytes.</summary>
    internal const int ResultLimit = 1 << 20;

    private static readonly TimeSpan RetryLater = TimeSpan.FromSeconds(2);

    /// <summary>Acts on one message of the session's agent.</summary>
    public async Task HandleAsync(AgentSession session, AgentMessage message, CancellationToken cancel)
    {
        switch (message.KindCase)
        {
            case AgentMessage.KindOneofCase.Heartbeat:
                if (session.Report(message.Heartbeat)) sessions.Ring();
                foreach (AttemptKey vanished in session.Vanished()) await ReturnAsync(session, vanished, "the agent has it no more", cancel);
                break;
            case AgentMessage.KindOneofCase.Accepted:
                session.Accept(AttemptKey.From(message.Accepted.Attempt));
                break;
            case AgentMessage.KindOneofCase.Refused:
                await ReturnAsync(session, AttemptKey.From(message.Refused.Attempt), message.Refused.Reason, cancel);
                break;
            case AgentMessage.KindOneofCase.Returned:
                await ReturnAsync(session, AttemptKey.From(message.Returned.Attempt), message.Returned.Reason, cancel);
                break;
            case AgentMessage.KindOneofCase.Result:
                await StoreAsync(session, message.Result, cancel);
                break;
            default:
                LogIgnored(session.AgentId, message.KindCase.ToString());
                break;
        }
    }

    private async Task ReturnAsync(AgentSession session, AttemptKey key, string reason, CancellationToken cancel)
    {
        LogReturned(key.JobId.Value, key.Attempt, session.AgentId, reason);
        await jobReturn.ReturnAsync(key, reason, session.Devices, cancel);
        session.Forget(key);
        sessions.Ring();
    }

    private async Task StoreAsync(AgentSession session, Result result, CancellationToken cancel)
    {
        var key = AttemptKey.From(result.Attempt);
        if (Read(session, result) is { } pending)
        {
            if (!results.TryEnqueue(pending)) session.Answer(key, ResultAck.Types.Answer.Later, later: RetryLater);
            return;
        }

        await failed.RejectAsync(key, session.Devices, cancel);
        session.Answer(key, ResultAck.Types.Answer.Rejected, FailureCode.ResultInvalid);
        sessions.Ring();
    }

    /// <summary>Reads a result without trusting it; null when it is not what it says.</summary>
    private PendingResult? Read(AgentSession session, Result message)
    {
        if (message.Payload.Length > ResultLimit || session.Device(message.DeviceUuid) is not { } device) return null;
        if (!message.PayloadSha256.Span.SequenceEqual(SHA256.HashData(message.Payload.Span))) return null;
        try
        {
            var attempt = AttemptResult.FromUtf8Json(message.Payload.Span);
            bool agrees = attempt.JobId == message.Attempt.JobId && attempt.Attempt == message.Attempt.Attempt && attempt.DeviceUuid == message.DeviceUuid;
            return agrees && ResultSoundness.IsSound(attempt) ? new PendingResult(session, device, attempt) : null;
        }
        catch (JsonException e)
        {
            LogUnreadable(e, message.Attempt.JobId, message.Attempt.Attempt);
            return null;
        }
    }

    [LoggerMessage(2301, LogLevel.Debug, "Agent {AgentId} sent {Kind}, which this silo does not act on")]
    private partial void LogIgnored(int agentId, string kind);

    [LoggerMessage(2302, LogLevel.Information, "Job {JobId} attempt {Attempt} came back from agent {AgentId}: {Reason}")]
    private partial void LogReturned(long jobId, int attempt, int agentId, string reason);

    [LoggerMessage(2303, LogLevel.Warning, "The result of job {JobId} attempt {Attempt} is unreadable")]
    private partial void LogUnreadable(Exception exception, long jobId, int attempt);
}
