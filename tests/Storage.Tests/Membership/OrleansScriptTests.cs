using Fleetmark.Fixtures;
using Fleetmark.Storage.Membership;
using Fleetmark.Storage.Migrations;
using Npgsql;

namespace Fleetmark.Storage.Tests.Membership;

public sealed class OrleansScriptTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_migrated_database_has_the_seventeen_queries_and_no_silo()
    {
        await using TestDatabase database = await cluster.CreateDatabaseAsync(Cancel);
        Assert.Equal(17L, await ScalarAsync(database, "select count(*) from orleans.orleansquery"));
        Assert.Equal(0L, await ScalarAsync(database, "select count(*) from orleans.silo"));
        Assert.Empty(await new MigrationRunner(database.Source).PendingAsync(Cancel));
    }

    [Fact]
    public async Task An_older_script_is_pending_and_comes_up_to_date_without_losing_silos()
    {
        await using TestDatabase database = await cluster.CreateDatabaseAsync(Cancel);
        await ExecuteAsync(database, """
            insert into orleans.cluster (cluster_id) values ('c');
            insert into orleans.silo values ('c', '10.0.0.1', 11111, 1, 's', 'h', 3, 30000, null, now(), now());
            update orleans.orleansquery set querytext = 'select 1' where querykey = 'GatewaysQueryKey';
            comment on schema orleans is 'sha256:older';
            """);
        var runner = new MigrationRunner(database.Source);
        Assert.Equal(["orleans"], await runner.PendingAsync(Cancel));
        Assert.Equal(["orleans"], await runner.ApplyAsync(Cancel));
        Assert.Empty(await runner.PendingAsync(Cancel));
        Assert.Equal(1L, await ScalarAsync(database, "select count(*) from orleans.silo"));
        Assert.Equal(0L, await ScalarAsync(database, "select count(*) from orleans.orleansquery where querytext = 'select 1'"));
    }

    [Fact]
    public async Task Two_programs_apply_it_at_once()
    {
        await using TestDatabase database = await cluster.CreateDatabaseAsync(Cancel);
        await ExecuteAsync(database, "drop schema orleans cascade");
        IReadOnlyList<string>[] applied = await Task.WhenAll(new MigrationRunner(database.Source).ApplyAsync(Cancel), new MigrationRunner(database.Source).ApplyAsync(Cancel));
        Assert.Equal(["", "orleans"], applied.Select(ids => string.Join(' ', ids)).Order(StringComparer.Ordinal));
        Assert.Equal(17L, await ScalarAsync(database, "select count(*) from orleans.orleansquery"));
    }

    [Fact]
    public void Orleans_has_a_schema_and_a_small_pool_of_its_own()
    {
        var own = new NpgsqlConnectionStringBuilder(OrleansScript.ConnectionString("Host=db;Database=f;Username=u;Search Path=fleetmark"));
        Assert.Equal(("db", "orleans", 10), (own.Host, own.SearchPath, own.MaxPoolSize));
    }

    private static async Task<long> ScalarAsync(TestDatabase database, string sql)
    {
        await using NpgsqlCommand command = database.Source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using NpgsqlCommand command = database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
