using System.Data.Common;
using System.Threading.Channels;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Silo.Sessions;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Results;

namespace Fleetmark.Silo.Jobs;

/// <summary>
/// Stores results and answers for them. It takes whatever waits into one transaction, so an idle system stores one at once and a busy one many per disk flush;
/// an answer goes out after the commit only. A batch that fails is repeated result by result, and one that fails alone is rejected. Started by the host; at its
/// stop it stores what waits.
/// </summary>
internal sealed partial class ResultWriter(
    CompleteStatement complete, FailedAttempts failed, LaunchBudget budget, ClusterIdentity identity, SessionTable sessions, RunHints hints,
    ILogger<ResultWriter> log) : BackgroundService
{
    private const int BatchLimit = 64;
    private const int QueueLimit = 1024;

    private static readonly TimeSpan RetryLater = TimeSpan.FromSeconds(2);

    private readonly Channel<PendingResult> _queue =
        Channel.CreateBounded<PendingResult>(new BoundedChannelOptions(QueueLimit) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Takes a result; false when too many wait, then the agent shall send it again later.</summary>
    public bool TryEnqueue(PendingResult result) => _queue.Writer.TryWrite(result);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using CancellationTokenRegistration stop = stoppingToken.Register(() => _queue.Writer.TryComplete());
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var batch = new Dictionary<AttemptKey, PendingResult>();
            while (batch.Count < BatchLimit && _queue.Reader.TryRead(out PendingResult? result)) batch[result.Key] = result;
            await StoreAsync([.. batch.Values]);
        }
    }

    private async Task StoreAsync(IReadOnlyList<PendingResult> batch)
    {
        List<PendingResult> measured = [];
        foreach (PendingResult result in batch)
        {
            if (result.Result.ClusterId != identity.ClusterId) Answer(result, ResultAck.Types.Answer.Fenced);
            else await GuardedAsync(result, async () =>
            {
                if (await failed.IsAcceptedAsync(result)) measured.Add(result);
                else await FailAsync(result);
            });
        }

        if (measured.Count == 0) return;
        try
        {
            await CompleteAsync(measured);
        }
        catch (DbException e) when (!e.IsTransient && measured.Count > 1)
        {
            LogBatchRepeated(e, measured.Count);
            foreach (PendingResult result in measured) await GuardedAsync(result, () => CompleteAsync([result]));
        }
        catch (DbException e)
        {
            foreach (PendingResult result in measured) await RefuseAsync(result, e);
        }
        catch (Exception e) when (IsOfOneResult(e))
        {
            foreach (PendingResult result in measured) await GuardedAsync(result, () => CompleteAsync([result]));
        }
    }

    /// <summary>What a hostile or damaged result can cause on its way into the statements: it must cost that result alone, never the loop.</summary>
    private static bool IsOfOneResult(Exception e) => e is ArgumentException or InvalidOperationException or NullReferenceException or FormatException or InvalidCastException;

    private async Task CompleteAsync(IReadOnlyList<PendingResult> results)
    {
        IReadOnlyList<Completion> completions = await complete.ExecuteAsync([.. results.Select(r => r.ToCompletion())], CancellationToken.None);
        var answers = completions.ToDictionary(c => c.Key, c => c.Answer);
        RunId[] runs = [.. completions.Select(c => c.RunId).OfType<RunId>().Distinct()];

        // Before the device is offered again: a launch too many cannot be taken back.
        foreach (RunId run in runs) await budget.ApplyAsync(run, CancellationToken.None);
        foreach (PendingResult result in results)
        {
            CompletionAnswer answer = answers.GetValueOrDefault(result.Key, CompletionAnswer.Fenced);
            LogStored(result.Result.JobId, result.Result.Attempt, answer.ToString());
            Answer(result, answer switch
            {
                CompletionAnswer.Accepted => ResultAck.Types.Answer.Accepted,
                CompletionAnswer.Already => ResultAck.Types.Answer.Already,
                _ => ResultAck.Types.Answer.Fenced,
            });
        }

        foreach (RunId run in runs) hints.Progress(run);
    }

    private async Task FailAsync(PendingResult result)
    {
        EndedAttempt? stored = await failed.StoreAsync(result, CancellationToken.None);
        LogFailed(result.Result.JobId, result.Result.Attempt, result.Result.ErrorCode ?? "noise", result.Result.ErrorText ?? "");
        Answer(result, stored is null ? ResultAck.Types.Answer.Fenced : ResultAck.Types.Answer.Accepted);
        if (stored is not null) hints.WorkAvailable(stored.Pool, stored.RunId);
    }

    private async Task GuardedAsync(PendingResult result, Func<Task> store)
    {
        try
        {
            await store();
        }
        catch (DbException e)
        {
            await RefuseAsync(result, e);
        }
        catch (Exception e) when (IsOfOneResult(e))
        {
            await RefuseAsync(result, e);
        }
    }

    /// <summary>A database that is away: later. A result it will never take: rejected, and its attempt fails.</summary>
    private async Task RefuseAsync(PendingResult result, Exception cause)
    {
        if (cause is DbException { IsTransient: true })
        {
            LogLater(cause, result.Result.JobId, result.Result.Attempt);
            result.Session.Answer(result.Key, ResultAck.Types.Answer.Later, later: RetryLater);
            return;
        }

        LogRejected(cause, result.Result.JobId, result.Result.Attempt);
        try
        {
            await failed.RejectAsync(result.Key, [result.Device], CancellationToken.None);
        }
        catch (DbException e)
        {
            // The lease runs out and housekeeping reaps it: nothing is lost but time.
            LogLater(e, result.Result.JobId, result.Result.Attempt);
        }

        Answer(result, ResultAck.Types.Answer.Rejected, FailureCode.ResultInvalid);
    }

    private void Answer(PendingResult result, ResultAck.Types.Answer answer, string code = "")
    {
        result.Session.Answer(result.Key, answer, code);
        sessions.Ring();
    }
}
