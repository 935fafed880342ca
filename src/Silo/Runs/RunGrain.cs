using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Runs;
using Fleetmark.Silo.Jobs;
using Fleetmark.Silo.Regressions;
using Fleetmark.Storage.Runs;
using Orleans.Placement;

namespace Fleetmark.Silo.Runs;

/// <summary>Accepts a run, follows it, closes it.</summary>
/// <remarks>Key: run id. Callers: command line and dashboard, schedules, result writer, housekeeping. Truth: rows run, job, attempt. Memory: none but a timer. After a crash: nothing to repair. Two activations: the unique idem_key and the lock of the run's row decide.</remarks>
[RandomPlacement]
internal sealed partial class RunGrain(
    PlanSubmission submission, RunVerbs verbs, RunQueries runs, LaunchBudget budget, CellProjecting cells, SentinelPairing sentinels, ILogger<RunGrain> log) : Grain, IRunGrain
{
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(250);

    private IGrainTimer? _advance;
    private bool _isHinted;

    private RunId Id => new(this.GetPrimaryKeyLong());

    /// <inheritdoc/>
    public async Task<SubmitOutcome> Submit(SubmitRequest request, CancellationToken cancel)
    {
        PlanReading reading = PlanReader.Read(request.PlanSource, request.PlanFile);
        if (reading.Plan is not { } plan) return SubmitOutcome.Refused([.. reading.Problems.Select(p => p.ToString())]);
        Expansion expansion = await submission.ExpandAsync(plan, request, cancel);
        RunId stored;
        try
        {
            stored = await Guarded(() => submission.StoreAsync(Id, plan, request, expansion, cancel));
        }
        catch (SubmitConflictException e)
        {
            return SubmitOutcome.Refused([e.Message]);
        }

        if (stored == Id) LogAccepted(Id, expansion.Jobs.Count, request.Owner);
        else DeactivateOnIdle(); // a known key: the earlier run answers
        foreach (DeviceClass pool in expansion.DeviceClasses) GrainFactory.GetGrain<IDevicePoolGrain>(pool.Slug).WorkAvailable().Ignore();
        await Progress();
        return SubmitOutcome.Accepted(stored);
    }

    /// <inheritdoc/>
    public Task Progress()
    {
        // Hints that come while one waits are answered by it; they must not put it off, or a busy run would never be looked at.
        if (_isHinted) return Task.CompletedTask;
        _isHinted = true;
        _advance ??= this.RegisterGrainTimer(Advance, new GrainTimerCreationOptions(Debounce, Timeout.InfiniteTimeSpan));
        _advance.Change(Debounce, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task Interrupt(CancellationToken cancel)
    {
        await Guarded(() => verbs.InterruptAsync(Id, cancel));
        LogInterrupted(Id);
        await cells.ProjectAsync(Id, cancel);
    }

    /// <inheritdoc/>
    public async Task Resume(CancellationToken cancel)
    {
        IReadOnlyList<string> pools = await Guarded(() => verbs.ResumeAsync(Id, cancel));
        LogResumed(Id);
        foreach (string pool in pools) GrainFactory.GetGrain<IDevicePoolGrain>(pool).WorkAvailable().Ignore();
        await Progress();
    }

    /// <summary>
    /// After hints settled: start, keep to the budget, compute the cells, add launches to those that want one, compare sentinels, close when nothing is open. Repeating it is harmless.
    /// </summary>
    private async Task Advance(CancellationToken cancel)
    {
        _isHinted = false;
        await verbs.StartAsync(Id, cancel);
        await budget.ApplyAsync(Id, cancel);
        await verbs.WithdrawLostSentinelsAsync(Id, cancel);

        IReadOnlyList<string> pools = await Guarded(() => cells.ProjectAsync(Id, cancel));
        foreach (string pool in pools) GrainFactory.GetGrain<IDevicePoolGrain>(pool).WorkAvailable().Ignore();
        await sentinels.StoreAsync(Id, cancel);
        RunStatus status = await runs.StatusAsync(Id, cancel);
        if (status is { State: RunState.Queued or RunState.Running, Ready: 0, Leased: 0 } && await Guarded(() => verbs.CloseAsync(Id, cancel)) is { } state)
        {
            LogClosed(Id, state);
        }
    }

    /// <summary>An exception leaves it open whether the commit happened: only the rows know, so the memory goes.</summary>
    private async Task<T> Guarded<T>(Func<Task<T>> commit)
    {
        try
        {
            return await commit();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }
}
