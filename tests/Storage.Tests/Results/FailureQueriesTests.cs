using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Fixtures;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Results;

namespace Fleetmark.Storage.Tests.Results;

public sealed class FailureQueriesTests(TestCluster cluster) : QueueTests(cluster)
{
    [Fact]
    public async Task Of_a_cell_that_failed_the_newest_words_are_read()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        Cell cell = (await new JobQueries(Source).SpecificationsAsync([lease.Key.JobId], Cancel))[lease.Key.JobId.Value].Cell;
        await FailAsync(lease, "300 MiB were used");
        Assert.Empty(await TextsAsync(run)); // it is tried again

        await FailAsync(await Queue.LeaseAsync(lease.Key.JobId, 0, Cancel), "312 MiB were used");

        KeyValuePair<string, string> only = Assert.Single(await TextsAsync(run));
        Assert.Equal((Convert.ToHexStringLower(cell.CoordinateSha256()), "312 MiB were used"), (only.Key, only.Value));
    }

    [Fact]
    public async Task A_failure_without_words_is_left_out()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        await FailAsync(await Queue.LeaseAsync(0, Cancel), text: null, attemptLimit: 1);
        Assert.Empty(await TextsAsync(run));
    }

    private Task<IReadOnlyDictionary<string, string>> TextsAsync(RunId run) => new FailureQueries(Source).TextsAsync(run, Cancel);

    private async Task FailAsync(Lease lease, string? text, short attemptLimit = 2) => Assert.NotNull(await new FailStatement(Source).ExecuteAsync(
        Queue.Failure(lease, FailureCode.OutOfMemory) with { ErrorText = text, AttemptLimit = attemptLimit }, Cancel));
}
