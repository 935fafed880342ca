using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Fixtures;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Results;

namespace Fleetmark.Storage.Tests.Results;

public sealed class FailStatementTests(TestCluster cluster) : QueueTests(cluster)
{
    private FailStatement Statement => new(Source);

    [Fact]
    public async Task A_failure_is_retried_after_its_pause_and_keeps_its_launch()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        FailRequest failure = Queue.Failure(lease) with
        {
            ErrorText = "signal\0 11",
            LogTail = "log",
            RetryAfter = TimeSpan.FromSeconds(30),
            Launches = [SampleLaunch.Failed(FailureCode.WorkerCrash)],
        };

        Assert.Equal(new EndedAttempt(lease.Key, run, Queue.Pool), await Statement.ExecuteAsync(failure, Cancel));
        Assert.Null(await Statement.ExecuteAsync(failure, Cancel));

        Assert.Equal(["0 | 1 | worker-crash | t"], await RowsAsync($"select state, counted, last_code, not_before > now() + interval '20 s' from job where job_id = {lease.Key.JobId}"));
        Assert.Equal(["1 | worker-crash | signal  11 | log"], await RowsAsync("select outcome, error_code, error_text, log_tail from attempt"));
        Assert.Equal(["4 | worker-crash"], await RowsAsync("select state, error_code from launch"));
    }

    [Fact]
    public async Task The_last_counted_failure_makes_the_job_dead()
    {
        await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        for (int attempt = 1; ; attempt++)
        {
            Assert.NotNull(await Statement.ExecuteAsync(Queue.Failure(lease), Cancel));
            Assert.Equal(attempt < 4 ? "0" : "4", Assert.Single(await RowsAsync($"select state from job where job_id = {lease.Key.JobId}")));
            if (attempt == 4) break;
            lease = await Queue.LeaseAsync(lease.Key.JobId, 0, Cancel);
            Assert.Equal(attempt + 1, lease.Key.Attempt);
        }
    }

    [Fact]
    public async Task A_code_with_a_limit_of_its_own_dies_earlier()
    {
        await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        await Statement.ExecuteAsync(Queue.Failure(lease, FailureCode.OutOfMemory) with { AttemptLimit = 2 }, Cancel);
        lease = await Queue.LeaseAsync(lease.Key.JobId, 0, Cancel);
        await Statement.ExecuteAsync(Queue.Failure(lease, FailureCode.OutOfMemory) with { AttemptLimit = 2 }, Cancel);
        Assert.Equal(["4 | 2 | out-of-memory"], await RowsAsync($"select state, counted, last_code from job where job_id = {lease.Key.JobId}"));
    }

    [Fact]
    public async Task A_permanent_failure_fails_at_once()
    {
        await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        await Statement.ExecuteAsync(Queue.Failure(lease, FailureCode.ModelInvalid) with { Permanent = true }, Cancel);
        Assert.Equal(["3 | model-invalid"], await RowsAsync($"select state, last_code from job where job_id = {lease.Key.JobId}"));
    }

    [Fact]
    public async Task Noise_counts_apart_and_a_return_counts_nowhere()
    {
        await Queue.SubmitAsync(Cancel);
        Lease noisy = await Queue.LeaseAsync(0, Cancel);
        Lease returned = await Queue.LeaseAsync(1, Cancel);
        await Statement.ExecuteAsync(Queue.Failure(noisy, "contended") with { Outcome = AttemptOutcome.RejectedNoise, Launches = [SampleLaunch.Valid()] }, Cancel);
        await Statement.ExecuteAsync(Queue.Failure(returned) with { Outcome = AttemptOutcome.Returned, ErrorCode = null }, Cancel);
        Assert.Equal(["0 | 0 | 1"], await RowsAsync($"select state, counted, noise_attempts from job where job_id = {noisy.Key.JobId}"));
        Assert.Equal(["0 | 0 | 0 | null"], await RowsAsync($"select state, counted, noise_attempts, last_code from job where job_id = {returned.Key.JobId}"));
        Assert.Equal(new NoiseRetries(1, 2), await new JobQueries(Source).NoiseRetriesAsync(noisy.Key.JobId, Cancel));
        Assert.Equal(["0 | 1 | 3"], await RowsAsync("select l.state, (select count(*) from sample_block), l.n from launch l"));
        Assert.Equal(0L, await ScalarAsync<long>("select count(*) from measurement"));
    }

    [Theory]
    [InlineData(0, 1, 5)]
    [InlineData(1, 1, 10)]
    [InlineData(3, 1, 40)]
    [InlineData(6, 1, 300)]
    [InlineData(20, 1, 300)]
    [InlineData(1, 0.5, 5)]
    public async Task The_pause_grows_with_the_failures_that_count_up_to_five_minutes(int counted, double share, int seconds)
    {
        await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        await ExecuteAsync($"update job set counted = {counted}, max_attempts = 100 where job_id = {lease.Key.JobId}");
        await Statement.ExecuteAsync(Queue.Failure(lease) with { RetryAfter = null, Backoff = share }, Cancel);
        Assert.Equal(seconds, await ScalarAsync<double>($"select extract(epoch from j.not_before - t.ended_at)::float8 from job j join attempt t using (job_id) where job_id = {lease.Key.JobId}"));
    }

    [Fact]
    public async Task Another_device_cannot_end_an_attempt_and_the_silo_can()
    {
        await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        Assert.Null(await Statement.ExecuteAsync(Queue.Failure(lease) with { DeviceIds = [Queue.Device(1)] }, Cancel));
        Assert.NotNull(await Statement.ExecuteAsync(Queue.Failure(lease) with { DeviceIds = null }, Cancel));
    }

    [Fact]
    public async Task A_job_of_a_run_that_is_being_cancelled_is_cancelled()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        await ExecuteAsync($"update run set cancel_requested = true where run_id = {run}");
        await Statement.ExecuteAsync(Queue.Failure(lease), Cancel);
        Assert.Equal("5", Assert.Single(await RowsAsync($"select state from job where job_id = {lease.Key.JobId}")));
    }

    [Fact]
    public async Task Result_and_failure_at_once_count_once()
    {
        await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        CompletionAnswer answer = default;
        EndedAttempt? ended = null;
        await MeetAsync(
            $"select from job where job_id = {lease.Key.JobId} for update",
            async () => answer = await Queue.CompleteAsync(lease, Cancel),
            async () => ended = await Statement.ExecuteAsync(Queue.Failure(lease), Cancel));
        Assert.Equal(CompletionAnswer.Accepted, answer);
        Assert.Null(ended);
        Assert.Equal(["2 | 0 | 0"], await RowsAsync($"select j.state, j.counted, t.outcome from job j join attempt t using (job_id) where job_id = {lease.Key.JobId}"));
    }
}
