using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;
using Fleetmark.Fixtures;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Runs;
using Fleetmark.Storage.Tables;

namespace Fleetmark.Storage.Tests.Runs;

public sealed class SubmitStatementTests(TestCluster cluster) : QueueTests(cluster)
{
    private SubmitStatement Statement => new(Source);

    [Fact]
    public async Task A_run_comes_with_its_jobs_in_their_order_and_none_is_a_silent_blank()
    {
        RunSubmission submission = await Queue.SubmissionAsync(Cancel);
        RunId run = await Statement.ExecuteAsync(submission, Cancel);
        Assert.Equal(submission.RunId, run);
        Assert.Equal(8L, await ScalarAsync<long>("select count(*) from cell"));
        Assert.Equal(["0 | null | 10", "3 | unsupported:no-fp16-kernels | 2", "5 | no-device-class | 4"],
            await RowsAsync("select state, last_code, count(*) from job group by 1, 2 order by 1"));
        Assert.Equal(await RowsAsync("select order_key from job order by order_key"), await RowsAsync("select order_key from job order by job_id"));
        Assert.Equal(submission.Expansion.Jobs.Count, (await new RunQueries(Source).StatusAsync(run, Cancel)).Jobs);
    }

    [Fact]
    public async Task What_a_job_is_comes_back_as_it_was_submitted()
    {
        RunSubmission submission = await Queue.SubmissionAsync(Cancel);
        await Statement.ExecuteAsync(submission, Cancel);
        var jobs = new JobQueries(Source);
        WaitingJob job = (await jobs.WaitingAsync(Queue.Pool, 1, Cancel))[0];
        Assert.Equal(["runtime:ort131-cpu/cpu/fp32"], job.Requires);
        JobSpecification specification = (await jobs.SpecificationsAsync([job.JobId], Cancel))[job.JobId.Value];
        Assert.Contains(specification.Cell, submission.Expansion.Cells);
        Assert.Equal(($"model: {specification.Cell.Model}", "synthetic-v1", Effort.Standard, 7L), (specification.Definition, specification.Weights, specification.Effort, specification.OrderSeed));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(", energy: false", false)]
    [InlineData(", energy: true", true)]
    public async Task A_job_knows_whether_its_plan_asks_for_energy_and_its_cell_does_not(string more, bool isAsked)
    {
        RunSubmission submission = await Queue.SubmissionAsync(Cancel, devices: Queue.Pool, more: more), plain = await Queue.SubmissionAsync(Cancel, devices: Queue.Pool);
        await Statement.ExecuteAsync(submission, Cancel);
        var jobs = new JobQueries(Source);
        WaitingJob job = (await jobs.WaitingAsync(Queue.Pool, 1, Cancel))[0];
        Assert.Equal(isAsked, (await jobs.SpecificationsAsync([job.JobId], Cancel))[job.JobId.Value].Energy);
        Assert.Equal(plain.Expansion.Cells, submission.Expansion.Cells);
    }

    [Fact]
    public async Task Clock_policies_come_back_with_their_cells_and_free_clocks_leave_no_trace()
    {
        RunSubmission submission = await Queue.SubmissionAsync(Cancel, devices: "t4", more: ", clocks: [free, base, 1590]");
        RunId run = await Statement.ExecuteAsync(submission, Cancel);
        Assert.Equal(["{} | 4", """{"clocks": "1590"} | 4""", """{"clocks": "base"} | 4"""], await RowsAsync("select extra, count(*) from cell group by 1 order by 1"));
        RunResults results = (await new ResultQueries(Source, new RunQueries(Source)).FindAsync(run, Cancel))!;
        Assert.Equal(submission.Expansion.Cells, results.Cells.Select(c => c.Cell));
    }

    [Fact]
    public async Task Sentinels_are_jobs_pinned_to_their_device_and_come_back_as_they_were_submitted()
    {
        RunSubmission submission = await Queue.SubmissionAsync(Cancel, devices: Queue.Pool, sentinels: true);
        await Statement.ExecuteAsync(submission, Cancel);

        Assert.Equal([$"f | null | 12", $"t | {Queue.Device(0)} | 20"], await RowsAsync("select extra ? 'sentinel', pinned_device, count(*) from job join cell using (cell_id) group by 1, 2 order by 1"));
        var jobs = new JobQueries(Source);
        IReadOnlyList<WaitingJob> waiting = await jobs.WaitingAsync(Queue.Pool, 100, Cancel);
        JobSpecification[] specifications = [.. (await jobs.SpecificationsAsync([.. waiting.Select(w => w.JobId)], Cancel)).Values];
        Assert.Equal(4, specifications.Select(s => s.Cell).Where(c => c.Sentinel is not null).Distinct().Count());
        Assert.All(specifications, s => Assert.Contains(s.Cell, submission.Expansion.Cells));
    }

    [Fact]
    public async Task The_same_key_gives_the_same_run_and_nothing_twice()
    {
        RunId first = await Queue.SubmitAsync(Cancel);
        RunId second = await Queue.SubmitAsync(Cancel);
        Assert.Equal(first, second);
        Assert.Equal(1L, await ScalarAsync<long>("select count(*) from run"));
        Assert.Equal(12L, await ScalarAsync<long>("select count(*) from job"));
    }

    [Fact]
    public async Task The_same_key_for_another_request_is_a_conflict()
    {
        await Queue.SubmitAsync(Cancel);
        RunSubmission other = await Queue.SubmissionAsync(Cancel);
        await Assert.ThrowsAsync<SubmitConflictException>(() => Statement.ExecuteAsync(other, Cancel));
    }

    [Fact]
    public async Task Submitted_twice_at_once_it_is_one_run()
    {
        RunSubmission first = await Queue.SubmissionAsync(Cancel);
        RunSubmission second = await Queue.SubmissionAsync(Cancel);
        RunId one = default, two = default;
        await MeetAsync(
            "lock table run in exclusive mode",
            async () => one = await Statement.ExecuteAsync(first, Cancel),
            async () => two = await Statement.ExecuteAsync(second, Cancel));
        Assert.Equal(one, two);
        Assert.Equal(1L, await ScalarAsync<long>("select count(*) from run"));
        Assert.Equal((long)first.Expansion.Jobs.Count, await ScalarAsync<long>("select count(*) from job"));
    }

    [Fact]
    public async Task A_later_run_finds_models_classes_and_cells_and_burns_no_numbers()
    {
        await Queue.SubmitAsync(Cancel, "one");
        string before = Assert.Single(await NumbersAsync());
        await Queue.SubmitAsync(Cancel, "two");
        Assert.Equal(before, Assert.Single(await NumbersAsync()));
        Assert.Equal(4L, await ScalarAsync<long>("select count(*) from cell"));
        Assert.Equal(1L, await ScalarAsync<long>("select count(*) from plan"));
    }

    [Fact]
    public async Task Quick_runs_have_no_retries_for_noise()
    {
        RunId run = await Queue.SubmitAsync(Cancel, effort: Effort.Quick);
        Assert.Equal(["0"], await RowsAsync($"select distinct max_noise from job where run_id = {run}"));
    }

    private Task<IReadOnlyList<string>> NumbersAsync() => RowsAsync("""
        select (select last_value from model_model_id_seq), (select last_value from model_artifact_artifact_id_seq), (select last_value from cell_cell_id_seq),
          (select last_value from device_class_device_class_id_seq), (select last_value from plan_plan_id_seq)
        """);
}
