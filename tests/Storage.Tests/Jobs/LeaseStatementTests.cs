using Fleetmark.Contracts.Runs;
using Fleetmark.Fixtures;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Runs;

namespace Fleetmark.Storage.Tests.Jobs;

public sealed class LeaseStatementTests(TestCluster cluster) : QueueTests(cluster)
{
    private LeaseStatement Statement => new(Source);

    [Fact]
    public async Task Lease_takes_the_job_for_the_device_under_the_next_number()
    {
        await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        Assert.Equal((1, Queue.Device(0)), (lease.Key.Attempt, lease.DeviceId));
        Assert.Equal([$"1 | 1 | t"], await RowsAsync($"select state, attempt_no, lease_until between now() + interval '50 s' and now() + interval '60 s' from job where job_id = {lease.Key.JobId}"));
        Assert.Equal([$"{lease.Key.JobId} | 1 | {Queue.Device(0)} | {Queue.Agent.Incarnation} | null"],
            await RowsAsync("select job_id, attempt_no, device_id, agent_incarnation, outcome from attempt"));
    }

    [Fact]
    public async Task A_batch_takes_what_is_free_and_leaves_the_rest()
    {
        await Queue.SubmitAsync(Cancel);
        IReadOnlyList<WaitingJob> waiting = await new JobQueries(Source).WaitingAsync(Queue.Pool, 10, Cancel);
        Lease taken = await Queue.LeaseAsync(waiting[0].JobId, 0, Cancel);

        IReadOnlyList<Lease> leases = await Statement.ExecuteAsync([Queue.Wish(taken.Key.JobId, 1), Queue.Wish(waiting[1].JobId, 0)], Queue.Ttl, Cancel);
        Assert.Empty(leases);   // the job is taken, and so is the device

        leases = await Statement.ExecuteAsync([Queue.Wish(waiting[1].JobId, 1), Queue.Wish(waiting[2].JobId, 0)], Queue.Ttl, Cancel);
        Assert.Equal(waiting[1].JobId, Assert.Single(leases).Key.JobId);
    }

    [Fact]
    public async Task Two_leases_for_one_device_at_once_give_one()
    {
        await Queue.SubmitAsync(Cancel);
        IReadOnlyList<WaitingJob> waiting = await new JobQueries(Source).WaitingAsync(Queue.Pool, 10, Cancel);
        IReadOnlyList<Lease> first = [], second = [];

        // Both see the device free and wait at its row, which the reference of an attempt locks.
        await MeetAsync(
            $"select from device where device_id = {Queue.Device(0)} for update",
            async () => first = await Statement.ExecuteAsync([Queue.Wish(waiting[0].JobId, 0)], Queue.Ttl, Cancel),
            async () => second = await Statement.ExecuteAsync([Queue.Wish(waiting[1].JobId, 0), Queue.Wish(waiting[2].JobId, 1)], Queue.Ttl, Cancel));

        Assert.Single(first.Concat(second), l => l.DeviceId == Queue.Device(0));
        Assert.Single(second, l => l.Key.JobId == waiting[2].JobId);
        Assert.Equal(2L, await ScalarAsync<long>("select count(*) from attempt where outcome is null"));
        Assert.Equal(2L, await ScalarAsync<long>("select count(*) from job where state = 1"));
    }

    [Fact]
    public async Task One_job_wanted_twice_at_once_goes_to_one_device()
    {
        await Queue.SubmitAsync(Cancel);
        WaitingJob job = (await new JobQueries(Source).WaitingAsync(Queue.Pool, 1, Cancel))[0];
        IReadOnlyList<Lease>[] leases = await Task.WhenAll(
            Statement.ExecuteAsync([Queue.Wish(job.JobId, 0)], Queue.Ttl, Cancel), Statement.ExecuteAsync([Queue.Wish(job.JobId, 1)], Queue.Ttl, Cancel));
        Assert.Single(leases.SelectMany(l => l));
    }

    [Fact]
    public async Task A_device_of_an_earlier_process_gets_nothing()
    {
        await Queue.SubmitAsync(Cancel);
        WaitingJob job = (await new JobQueries(Source).WaitingAsync(Queue.Pool, 1, Cancel))[0];
        LeaseWish old = Queue.Wish(job.JobId, 0);
        Queue.Restart();
        await Queue.RegisterAsync([], Cancel);
        Assert.Empty(await Statement.ExecuteAsync([old], Queue.Ttl, Cancel));
        Assert.Single(await Statement.ExecuteAsync([Queue.Wish(job.JobId, 0)], Queue.Ttl, Cancel));
    }

    [Fact]
    public async Task An_interrupted_run_and_a_job_in_its_pause_give_nothing()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        WaitingJob job = (await new JobQueries(Source).WaitingAsync(Queue.Pool, 1, Cancel))[0];
        await ExecuteAsync($"update job set not_before = now() + interval '1 h' where job_id = {job.JobId}");
        Assert.Empty(await Statement.ExecuteAsync([Queue.Wish(job.JobId, 0)], Queue.Ttl, Cancel));
        Assert.DoesNotContain(await new JobQueries(Source).WaitingAsync(Queue.Pool, 10, Cancel), w => w.JobId == job.JobId);

        await Queue.EndPausesAsync(Cancel);
        await new RunVerbs(Source).InterruptAsync(run, Cancel);
        Assert.Empty(await Statement.ExecuteAsync([Queue.Wish(job.JobId, 0)], Queue.Ttl, Cancel));
        Assert.Empty(await new JobQueries(Source).WaitingAsync(Queue.Pool, 10, Cancel));
    }

    [Fact]
    public async Task Jobs_wait_by_priority_then_run_then_order()
    {
        RunId early = await Queue.SubmitAsync(Cancel, "early");
        RunId late = await Queue.SubmitAsync(Cancel, "late");
        RunId urgent = await Queue.SubmitAsync(Cancel, "urgent");
        await ExecuteAsync($"update run set priority = 10 where run_id in ({early}, {late})");
        IReadOnlyList<WaitingJob> waiting = await new JobQueries(Source).WaitingAsync(Queue.Pool, 100, Cancel);
        Assert.Equal([urgent, early, late], waiting.Select(w => w.RunId).Distinct());
        Assert.Equal(30, waiting.Count);
        Assert.Equal(await RowsAsync($"select job_id from job where run_id = {urgent} and state = 0 order by order_key"), waiting.Take(10).Select(w => w.JobId.ToString()));
    }
}
