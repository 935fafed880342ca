using Fleetmark.Fixtures;
using Fleetmark.Storage.Migrations;

namespace Fleetmark.Storage.Tests.Migrations;

public sealed class MigrationRunnerTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_runners_at_once_apply_each_migration_once()
    {
        await using TestDatabase database = await cluster.CreateEmptyDatabaseAsync(Cancel);
        var runner = new MigrationRunner(database.Source);
        IReadOnlyList<string> pending = await runner.PendingAsync(Cancel);
        Assert.NotEmpty(pending);

        IReadOnlyList<string>[] applied = await Task.WhenAll(runner.ApplyAsync(Cancel), new MigrationRunner(database.Source).ApplyAsync(Cancel));

        Assert.Equal(pending, applied.SelectMany(a => a));
        Assert.Empty(await runner.PendingAsync(Cancel));
        Assert.Empty(await runner.ApplyAsync(Cancel));
    }
}
