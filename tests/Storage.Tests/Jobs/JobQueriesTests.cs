using Fleetmark.Contracts.Results;
using Fleetmark.Contracts.Runs;
using Fleetmark.Fixtures;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Storage.Jobs;

namespace Fleetmark.Storage.Tests.Jobs;

public sealed class JobQueriesTests(TestCluster cluster) : QueueTests(cluster)
{
    [Fact]
    public async Task A_quick_cell_spent_what_its_workers_lived_and_not_what_was_prepared_before()
    {
        RunId run = await Queue.SubmitAsync(Cancel, effort: Effort.Quick);
        await LastAsync(30, SampleLaunch.Valid() with { LoadMs = 2000, FirstMs = 500, WarmupMs = 1000, SamplingMs = 2500 });

        Assert.Equal(TimeSpan.FromSeconds(6), Assert.Single(await SpentAsync(run)));
    }

    [Fact]
    public async Task It_never_spent_more_than_its_attempts_took()
    {
        RunId run = await Queue.SubmitAsync(Cancel, effort: Effort.Quick);
        await LastAsync(8, SampleLaunch.Valid() with { LoadMs = 7900, SamplingMs = 2500 });

        Assert.Equal(TimeSpan.FromSeconds(8), Assert.Single(await SpentAsync(run)));
    }

    [Fact]
    public async Task An_attempt_that_tells_nothing_is_taken_whole()
    {
        RunId run = await Queue.SubmitAsync(Cancel, effort: Effort.Quick);
        await LastAsync(8, SampleLaunch.Valid());

        Assert.Equal(TimeSpan.FromSeconds(8), Assert.Single(await SpentAsync(run)));
    }

    [Fact]
    public async Task Other_efforts_have_no_budget_to_spend()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        await LastAsync(8, SampleLaunch.Valid());

        Assert.Empty(await new JobQueries(Source).QuickSpendingAsync(run, Cancel));
    }

    /// <summary>One launch, whose attempt took some seconds.</summary>
    private async Task LastAsync(int seconds, LaunchReport launch)
    {
        await Queue.CompleteAsync(await Queue.LeaseAsync(0, Cancel), Cancel, launch);
        await ExecuteAsync($"update attempt set started_at = ended_at - interval '{seconds} s'");
    }

    private async Task<IReadOnlyList<TimeSpan>> SpentAsync(RunId run) => Assert.Single(await new JobQueries(Source).QuickSpendingAsync(run, Cancel)).Spent;
}
