using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Fixtures;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Results;
using Fleetmark.Storage.Runs;

namespace Fleetmark.Storage.Tests.Jobs;

/// <summary>Renewing, reaping and withdrawing.</summary>
public sealed class LeaseEndTests(TestCluster cluster) : QueueTests(cluster)
{
    [Fact]
    public async Task An_expired_lease_that_nobody_reaped_revives_when_renewed()
    {
        await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        await Queue.ExpireAsync(Cancel);
        Assert.Equal([new RenewedLease(lease.Key, false)], await RenewAsync(lease));
        Assert.Empty(await new ReapStatement(Source).ExecuteAsync(100, Cancel));
    }

    [Fact]
    public async Task A_reaped_and_a_finished_lease_do_not_come_back()
    {
        await Queue.SubmitAsync(Cancel);
        Lease reaped = await Queue.LeaseAsync(0, Cancel);
        await Queue.ExpireAsync(Cancel);
        await new ReapStatement(Source).ExecuteAsync(100, Cancel);
        Lease done = await Queue.LeaseAsync(1, Cancel);
        await Queue.CompleteAsync(done, Cancel);
        Lease held = await Queue.LeaseAsync(0, Cancel);
        Assert.Equal([held.Key.JobId], (await RenewAsync(done, reaped, held)).Select(r => r.Key.JobId));
    }

    [Fact]
    public async Task Renewing_tells_of_a_run_that_is_being_stopped()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        await new RunVerbs(Source).InterruptAsync(run, Cancel);
        Assert.True(Assert.Single(await RenewAsync(lease)).CancelRequested);
    }

    [Fact]
    public async Task Reaping_counts_and_ends_in_a_dead_job()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        for (int attempt = 1; attempt <= 4; attempt++)
        {
            await Queue.ExpireAsync(Cancel);
            Assert.Equal([new EndedAttempt(new AttemptKey(lease.Key.JobId, attempt), run, Queue.Pool)], await new ReapStatement(Source).ExecuteAsync(100, Cancel));
            if (attempt < 4) lease = await Queue.LeaseAsync(lease.Key.JobId, 0, Cancel);
        }

        Assert.Equal(["4 | 4 | lease-expired"], await RowsAsync($"select state, counted, last_code from job where job_id = {lease.Key.JobId}"));
        Assert.Equal(["1 | 3", "2 | 3", "3 | 3", "4 | 3"], await RowsAsync("select attempt_no, outcome from attempt order by 1"));
    }

    [Fact]
    public async Task Waiting_jobs_are_withdrawn_and_leased_ones_are_not()
    {
        await Queue.SubmitAsync(Cancel);
        Lease leased = await Queue.LeaseAsync(0, Cancel);
        IReadOnlyList<WaitingJob> waiting = await new JobQueries(Source).WaitingAsync(Queue.Pool, 2, Cancel);
        var withdraw = new WithdrawStatement(Source);
        Assert.Equal(1, await withdraw.ExecuteAsync([leased.Key.JobId, waiting[0].JobId], FailureCode.Budget, Cancel));
        Assert.Equal(0, await withdraw.ExecuteAsync([leased.Key.JobId, waiting[0].JobId], FailureCode.UnsupportedFp16, Cancel));
        Assert.Equal(1, await withdraw.ExecuteAsync([waiting[1].JobId], FailureCode.UnsupportedFp16, Cancel));
        Assert.Equal(["5 | budget"], await RowsAsync($"select state, last_code from job where job_id = {waiting[0].JobId}"));
        Assert.Equal(["3 | unsupported:no-fp16-kernels"], await RowsAsync($"select state, last_code from job where job_id = {waiting[1].JobId}"));
    }

    [Fact]
    public async Task Renewals_and_results_of_the_same_jobs_in_any_order_do_not_deadlock()
    {
        await Queue.SubmitAsync(Cancel);
        Lease first = await Queue.LeaseAsync(0, Cancel);
        Lease second = await Queue.LeaseAsync(1, Cancel);
        IReadOnlyList<RenewedLease> renewed = [];
        IReadOnlyList<Completion> done = [];
        // The results wait for the lower job; the renewal must wait behind them and hold nothing they need.
        await MeetAsync(
            $"select from job where job_id = {Math.Min(first.Key.JobId.Value, second.Key.JobId.Value)} for update",
            async () => done = await new CompleteStatement(Source).ExecuteAsync([Queue.Result(second), Queue.Result(first)], Cancel),
            async () => renewed = await RenewAsync(second, first));
        Assert.All(done, d => Assert.Equal(CompletionAnswer.Accepted, d.Answer));
        Assert.Empty(renewed);
    }

    private Task<IReadOnlyList<RenewedLease>> RenewAsync(params Lease[] leases) =>
        new RenewStatement(Source).ExecuteAsync([.. leases.Select(l => l.Key)], Queue.Ttl, Cancel);
}
