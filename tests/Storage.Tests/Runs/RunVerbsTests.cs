using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Fixtures;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Results;
using Fleetmark.Storage.Runs;

namespace Fleetmark.Storage.Tests.Runs;

public sealed class RunVerbsTests(TestCluster cluster) : QueueTests(cluster)
{
    private RunVerbs Verbs => new(Source);

    private RunQueries Queries => new(Source);

    [Fact]
    public async Task A_run_starts_with_its_first_lease()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        await Verbs.StartAsync(run, Cancel);
        Assert.Equal(RunState.Queued, (await Queries.StatusAsync(run, Cancel)).State);
        await Queue.LeaseAsync(0, Cancel);
        await Verbs.StartAsync(run, Cancel);
        RunStatus status = await Queries.StatusAsync(run, Cancel);
        Assert.Equal((RunState.Running, 12, 9, 1, 2), (status.State, status.Jobs, status.Ready, status.Leased, status.Finished));
    }

    [Fact]
    public async Task A_run_with_an_open_job_does_not_close()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        Assert.Null(await Verbs.CloseAsync(run, Cancel));
        Assert.Empty(await Queries.OpenWithoutOpenJobsAsync(Cancel));
    }

    [Theory]
    [InlineData(FailureCode.Budget, RunState.Done)]
    [InlineData(FailureCode.Unsupported, RunState.Done)]
    public async Task Withdrawn_jobs_do_not_spoil_a_run(string code, RunState expected)
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        await Queue.CompleteAsync(await Queue.LeaseAsync(0, Cancel), Cancel);
        await WithdrawRestAsync(code);
        Assert.Equal([run], await Queries.OpenWithoutOpenJobsAsync(Cancel));
        await Queue.ProjectAsync(run, Cancel);
        Assert.Equal(expected, await Verbs.CloseAsync(run, Cancel));
        Assert.Null(await Verbs.CloseAsync(run, Cancel));
        Assert.NotNull((await Queries.FindAsync(run, Cancel))!.EndedAt);
    }

    [Fact]
    public async Task A_failed_cell_makes_the_run_partial_and_no_number_at_all_makes_it_failed()
    {
        RunId none = await Queue.SubmitAsync(Cancel, "none");
        await FailNextAsync();
        await WithdrawRestAsync(FailureCode.Budget);
        Assert.Equal(RunState.Failed, await Verbs.CloseAsync(none, Cancel));

        RunId some = await Queue.SubmitAsync(Cancel, "some");
        await Queue.CompleteAsync(await Queue.LeaseAsync(0, Cancel), Cancel);
        await FailNextAsync();
        await WithdrawRestAsync(FailureCode.Budget);
        await Queue.ProjectAsync(some, Cancel);
        Assert.Equal(RunState.Partial, await Verbs.CloseAsync(some, Cancel));
        Assert.Equal([some, none], (await Queries.ListAsync(10, Cancel)).Select(l => l.RunId));
    }

    [Fact]
    public async Task An_interrupted_run_neither_closes_nor_ends_and_goes_on_when_resumed()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        await Queue.CompleteAsync(await Queue.LeaseAsync(0, Cancel), Cancel);
        Assert.Equal(1, await Verbs.InterruptAsync(run, Cancel));
        Assert.Equal(0, await Verbs.InterruptAsync(run, Cancel));
        Assert.Null(await Verbs.CloseAsync(run, Cancel));
        Assert.Null((await Queries.FindAsync(run, Cancel))!.EndedAt);

        Assert.Equal([Queue.Pool], await Verbs.ResumeAsync(run, Cancel));

        RunStatus status = await Queries.StatusAsync(run, Cancel);
        Assert.Equal((RunState.Running, 9), (status.State, status.Ready));
        Assert.Empty(await Verbs.ResumeAsync(run, Cancel));
    }

    [Fact]
    public async Task Resuming_gives_dead_jobs_fresh_limits_and_rising_numbers()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        await new FailStatement(Source).ExecuteAsync(Queue.Failure(lease) with { AttemptLimit = 1 }, Cancel);
        await WithdrawRestAsync(FailureCode.Budget);
        Assert.Equal(RunState.Failed, await Verbs.CloseAsync(run, Cancel));

        await Verbs.ResumeAsync(run, Cancel);

        Assert.Equal([$"{lease.Key.JobId} | 0"], await RowsAsync("select job_id, counted from job where state = 0"));
        Assert.Equal(2, (await Queue.LeaseAsync(0, Cancel)).Key.Attempt);
    }

    [Fact]
    public async Task A_job_that_is_leased_while_the_run_closes_keeps_it_open()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        await WithdrawRestAsync(FailureCode.Budget);
        RunState? closed = RunState.Queued;
        await MeetAsync($"select from run where run_id = {run} for update", async () => closed = await Verbs.CloseAsync(run, Cancel));
        Assert.Null(closed);
        await Queue.CompleteAsync(lease, Cancel);
        await Queue.ProjectAsync(run, Cancel);
        Assert.Equal(RunState.Done, await Verbs.CloseAsync(run, Cancel));
    }

    [Fact]
    public async Task A_run_does_not_close_before_its_cells_know_their_last_result()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        await Queue.ProjectAsync(run, Cancel);
        await WithdrawRestAsync(FailureCode.Budget);
        await Queue.CompleteAsync(lease, Cancel);
        Assert.Null(await Verbs.CloseAsync(run, Cancel));
        await Queue.ProjectAsync(run, Cancel);
        Assert.Equal(RunState.Done, await Verbs.CloseAsync(run, Cancel));
    }

    [Fact]
    public async Task A_run_does_not_close_while_a_cell_wants_a_further_launch()
    {
        RunId run = await OverAsync();
        await Queue.ProjectAsync(run, Cancel, isComplete: false);
        Assert.Null(await Verbs.CloseAsync(run, Cancel));
        await Queue.ProjectAsync(run, Cancel);
        Assert.Equal(RunState.Done, await Verbs.CloseAsync(run, Cancel));
    }

    [Fact]
    public async Task A_cell_that_failed_although_its_launches_have_numbers_makes_the_run_partial()
    {
        RunId run = await OverAsync();
        await Queue.ProjectAsync(run, Cancel);
        await ExecuteAsync("update run_cell set state = 4, code = 'wrong-output'");
        Assert.Equal(RunState.Partial, await Verbs.CloseAsync(run, Cancel));
    }

    [Fact]
    public async Task Sentinels_neither_make_nor_spoil_a_run()
    {
        RunId without = await Queue.SubmitWatchedAsync(Cancel);
        await Queue.MeasureAsync(job => job.Cell.Sentinel is null ? null : 100, Cancel);
        await WithdrawRestAsync(FailureCode.Budget);
        await Queue.ProjectAsync(without, Cancel);
        Assert.Equal(RunState.Failed, await Verbs.CloseAsync(without, Cancel));

        RunId with = await new SubmitStatement(Source).ExecuteAsync(await Queue.SubmissionAsync(Cancel, "with", Queue.Pool, sentinels: true), Cancel);
        await Queue.MeasureAsync(job => job.Cell.Sentinel is { Label: "a" } ? null : 100, Cancel);
        while (await new JobQueries(Source).WaitingAsync(Queue.Pool, 1, Cancel) is [_]) await FailNextAsync();
        await Queue.ProjectAsync(with, Cancel);
        await ExecuteAsync($"update run_cell p set state = 4 from cell c where c.cell_id = p.cell_id and c.extra ? 'sentinel' and run_id = {with}");
        Assert.Equal(RunState.Done, await Verbs.CloseAsync(with, Cancel));
    }

    [Fact]
    public async Task Sentinels_of_a_device_that_is_gone_do_not_hold_a_run_up()
    {
        RunId run = await Queue.SubmitWatchedAsync(Cancel);
        await GoneAsync();
        Assert.Equal(0, await Verbs.WithdrawLostSentinelsAsync(run, Cancel)); // cells of the plan wait beside them
        Assert.Empty(await Queries.OpenWithoutOpenJobsAsync(Cancel));

        await BackAsync();
        await Queue.MeasureAsync(job => job.Cell.Sentinel is null ? 100 : null, Cancel);
        Assert.Equal(0, await Verbs.WithdrawLostSentinelsAsync(run, Cancel)); // the device is there
        Assert.Empty(await Queries.OpenWithoutOpenJobsAsync(Cancel));

        Lease last = await Queue.LeaseAsync(0, Cancel);
        await GoneAsync();
        Assert.Equal(0, await Verbs.WithdrawLostSentinelsAsync(run, Cancel)); // one is measured, or comes back
        Assert.Empty(await Queries.OpenWithoutOpenJobsAsync(Cancel));
        await Queue.CompleteAsync(last, Cancel);

        Assert.Equal([run], await Queries.OpenWithoutOpenJobsAsync(Cancel));
        Assert.Equal(19, await Verbs.WithdrawLostSentinelsAsync(run, Cancel));
        Assert.Equal(0, await Verbs.WithdrawLostSentinelsAsync(run, Cancel));
        Assert.Equal([run], await Queries.OpenWithoutOpenJobsAsync(Cancel));
        await Queue.ProjectAsync(run, Cancel);
        Assert.Equal(RunState.Done, await Verbs.CloseAsync(run, Cancel));
    }

    private Task GoneAsync() => ExecuteAsync("update agent set last_seen_at = now() - interval '61 s'");

    private Task BackAsync() => ExecuteAsync("update agent set last_seen_at = now()");

    /// <summary>A run with one result and nothing open.</summary>
    private async Task<RunId> OverAsync()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        await Queue.CompleteAsync(await Queue.LeaseAsync(0, Cancel), Cancel);
        await WithdrawRestAsync(FailureCode.Budget);
        return run;
    }

    private async Task FailNextAsync() =>
        await new FailStatement(Source).ExecuteAsync(Queue.Failure(await Queue.LeaseAsync(0, Cancel), FailureCode.ModelInvalid) with { Permanent = true }, Cancel);

    private async Task WithdrawRestAsync(string code) =>
        await new WithdrawStatement(Source).ExecuteAsync([.. (await new JobQueries(Source).WaitingAsync(Queue.Pool, 100, Cancel)).Select(w => w.JobId)], code, Cancel);
}
