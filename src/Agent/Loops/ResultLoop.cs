using System.Collections.Concurrent;
using System.Security.Cryptography;
using Fleetmark.Agent.Jobs;
using Fleetmark.Agent.Sessions;
using Fleetmark.Agent.Spool;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Results;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Loops;

/// <summary>
/// Sends spooled results of one session, oldest first, a few at a time, and lets go of each only when the silo has answered. Started with a session, ended with it:
/// what was not answered is sent again in the next one.
/// </summary>
internal sealed partial class ResultLoop(ResultSpool spool, AttemptBoard board, Outbox outbox, int window, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan DefaultDelay = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<ResultAck> _acks = new();
    private readonly Dictionary<AttemptKey, SpooledResult> _unanswered = [];
    private readonly Dictionary<AttemptKey, (long Since, TimeSpan Delay)> _later = [];

    /// <summary>Takes the silo's answer; from the read loop.</summary>
    internal void Answer(ResultAck ack)
    {
        _acks.Enqueue(ack);
        spool.Changed.Set();
    }

    internal async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            while (_acks.TryDequeue(out ResultAck? ack)) Take(ack);
            if (!board.IsSampling) Send();
            await spool.Changed.WaitAsync(Look, clock, cancel);
        }
    }

    private void Send()
    {
        foreach (SpooledResult spooled in spool.Waiting())
        {
            if (_unanswered.Count >= window) return;
            if (_unanswered.ContainsKey(spooled.Attempt) || IsDelayed(spooled.Attempt)) continue;
            if (spool.Read(spooled) is not var (result, json)) continue;
            if (!outbox.Post(new AgentMessage { Result = Message(spooled.Attempt, result, json) })) return;
            _unanswered.Add(spooled.Attempt, spooled);
        }
    }

    private void Take(ResultAck ack)
    {
        var attempt = AttemptKey.From(ack.Attempt);
        if (!_unanswered.Remove(attempt, out SpooledResult? spooled)) return;
        switch (ack.Answer)
        {
            case ResultAck.Types.Answer.Accepted or ResultAck.Types.Answer.Already:
                spool.Delete(spooled);
                break;
            case ResultAck.Types.Answer.Fenced:
                LogFenced(log, attempt);
                spool.MoveAside(spooled);
                break;
            case ResultAck.Types.Answer.Rejected:
                LogRejected(log, attempt, ack.Code);
                spool.MoveAside(spooled);
                break;
            default:
                // "Later", and words of a newer silo: the result stays and is sent again.
                TimeSpan delay = ack.LaterMs > 0 ? TimeSpan.FromMilliseconds(ack.LaterMs) : DefaultDelay;
                _later[attempt] = (clock.GetTimestamp(), delay < LongestDelay ? delay : LongestDelay);
                break;
        }
    }

    private bool IsDelayed(AttemptKey attempt)
    {
        if (!_later.TryGetValue(attempt, out var later)) return false;
        if (clock.GetElapsedTime(later.Since) < later.Delay) return true;
        _later.Remove(attempt);
        return false;
    }

    private static Result Message(AttemptKey attempt, AttemptResult result, byte[] json) => new()
    {
        Attempt = attempt.ToWire(),
        ClusterId = result.ClusterId.ToString(),
        DeviceUuid = result.DeviceUuid,
        Payload = ByteString.CopyFrom(json),
        PayloadSha256 = ByteString.CopyFrom(SHA256.HashData(json)),
    };

    [LoggerMessage(5700, LogLevel.Information, "The result of attempt {Attempt} is fenced: the job is somebody else's by now")]
    private static partial void LogFenced(ILogger log, AttemptKey attempt);

    [LoggerMessage(5701, LogLevel.Error, "The result of attempt {Attempt} was rejected ({Code}) and moved aside")]
    private static partial void LogRejected(ILogger log, AttemptKey attempt, string code);
}
