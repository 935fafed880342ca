using Fleetmark.Contracts.Runs;
using Fleetmark.Fixtures;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Storage.Jobs;

namespace Fleetmark.Storage.Tests.Jobs;

public sealed class QuickSpendingTests(TestCluster cluster) : QueueTests(cluster)
{
    [Theory]
    [InlineData(null, 20)]
    [InlineData(15.0, 5)]
    public async Task What_energy_takes_does_not_count_against_the_time_of_a_cell(double? energySeconds, double spent)
    {
        RunId run = await Queue.SubmitAsync(Cancel, effort: Effort.Quick);
        await Queue.CompleteAsync(await Queue.LeaseAsync(0, Cancel), Cancel, SampleLaunch.Valid() with { EnergySeconds = energySeconds });
        await ExecuteAsync("update attempt set started_at = ended_at - interval '20 s' where outcome = 0");

        CellSpending spending = Assert.Single(await new JobQueries(Source).QuickSpendingAsync(run, Cancel));

        Assert.Equal(spent, Assert.Single(spending.Spent).TotalSeconds, 3);
    }
}
