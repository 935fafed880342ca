using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Fixtures;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Runs;

namespace Fleetmark.Storage.Tests.Jobs;

public sealed class AddLaunchesStatementTests(TestCluster cluster) : QueueTests(cluster)
{
    private const string Added = "select cell_id, rep, order_key from job where rep >= 5 order by order_key";

    private AddLaunchesStatement Statement => new(Source);

    private RunVerbs Verbs => new(Source);

    [Fact]
    public async Task A_further_launch_is_like_the_first_one_and_comes_last()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        int[] cells = [.. (await new JobQueries(Source).CellOrderAsync(run, Cancel)).Take(2)];
        await ExecuteAsync($"update job set pinned_device = {Queue.Device(1)}, min_memory_mib = 7, excluded_devices = '{{1}}' where cell_id = {cells[0]} and rep = 0");

        IReadOnlyList<string> pools = await Statement.ExecuteAsync(run, [new AddedLaunch(cells[0], 5, 501), new AddedLaunch(cells[1], 5, 500)], Cancel);

        Assert.Equal([Queue.Pool], pools);
        Assert.Equal([$"{cells[1]} | 5 | 500", $"{cells[0]} | 5 | 501"], await RowsAsync(Added));
        Assert.Equal(
            [$"{Queue.Device(1)} | 7 | {{}} | 0 | 0 | {{runtime:ort131-cpu/cpu/fp32}} | 2"],
            await RowsAsync($"select pinned_device, min_memory_mib, excluded_devices, state, attempt_no, requires, max_noise from job where cell_id = {cells[0]} and rep = 5"));
        Assert.Equal(2, (await new JobQueries(Source).WaitingAsync(Queue.Pool, 100, Cancel)).TakeLast(2).Count(w => w.JobId.Value > 12));
    }

    [Fact]
    public async Task Adding_it_again_adds_nothing()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        AddedLaunch launch = await LaunchAsync(run);
        await Statement.ExecuteAsync(run, [launch], Cancel);

        Assert.Empty(await Statement.ExecuteAsync(run, [launch with { OrderKey = 999 }], Cancel));
        Assert.Equal([$"{launch.CellId} | 5 | {launch.OrderKey}"], await RowsAsync(Added));
    }

    [Theory]
    [InlineData("state = 6")]
    [InlineData("state = 2, ended_at = now()")]
    [InlineData("cancel_requested = true")]
    public async Task A_run_that_takes_no_more_gets_none(string change)
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        await ExecuteAsync($"update run set {change}");

        Assert.Empty(await Statement.ExecuteAsync(run, [await LaunchAsync(run)], Cancel));
        Assert.Empty(await RowsAsync(Added));
    }

    [Fact]
    public async Task Two_that_add_the_same_at_once_add_it_once()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        AddedLaunch launch = await LaunchAsync(run);

        await MeetAsync(Hold(run), () => Statement.ExecuteAsync(run, [launch], Cancel), () => Statement.ExecuteAsync(run, [launch], Cancel));

        Assert.Single(await RowsAsync(Added));
    }

    [Fact]
    public async Task A_close_that_comes_after_sees_what_was_added()
    {
        RunId run = await OverAsync();
        AddedLaunch launch = await LaunchAsync(run);
        RunState? closed = RunState.Queued;

        await MeetAsync(Hold(run), () => Statement.ExecuteAsync(run, [launch], Cancel), async () => closed = await Verbs.CloseAsync(run, Cancel));

        Assert.Null(closed);
        Assert.Single(await RowsAsync(Added));
    }

    [Fact]
    public async Task Nothing_is_added_after_a_close_that_came_before()
    {
        RunId run = await OverAsync();
        AddedLaunch launch = await LaunchAsync(run);
        RunState? closed = null;

        await MeetAsync(Hold(run), async () => closed = await Verbs.CloseAsync(run, Cancel), () => Statement.ExecuteAsync(run, [launch], Cancel));

        Assert.Equal(RunState.Done, closed);
        Assert.Empty(await RowsAsync(Added));
    }

    private static string Hold(RunId run) => $"select from run where run_id = {run} for update";

    private async Task<AddedLaunch> LaunchAsync(RunId run) => new((await new JobQueries(Source).CellOrderAsync(run, Cancel))[0], 5, 500);

    /// <summary>A run with one result, whose cells know it, and nothing open.</summary>
    private async Task<RunId> OverAsync()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        await Queue.CompleteAsync(await Queue.LeaseAsync(0, Cancel), Cancel);
        await new WithdrawStatement(Source).ExecuteAsync([.. (await new JobQueries(Source).WaitingAsync(Queue.Pool, 100, Cancel)).Select(w => w.JobId)], FailureCode.Budget, Cancel);
        await Queue.ProjectAsync(run, Cancel);
        return run;
    }
}
