using Fleetmark.Fixtures;
using Microsoft.EntityFrameworkCore;

namespace Fleetmark.Storage.Tests.Migrations;

public sealed class SchemaTests(TestCluster cluster) : DatabaseTests(cluster)
{
    private readonly TestCluster _cluster = cluster;

    [Fact]
    public async Task Migrated_catalogue_equals_the_reference_ddl()
    {
        await using TestDatabase reference = await _cluster.CreateEmptyDatabaseAsync(Cancel);
        await using (Npgsql.NpgsqlCommand load = reference.Source.CreateCommand(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Migrations", "reference.sql"), Cancel)))
            await load.ExecuteNonQueryAsync(Cancel);

        IReadOnlyList<string> wanted = await Catalogue.ReadAsync(reference.Source, Cancel);
        IReadOnlyList<string> made = await Catalogue.ReadAsync(Source, Cancel);

        Assert.True(wanted.Count > 400, $"only {wanted.Count} lines: the catalogue queries are blind");
        Assert.Empty(wanted.Except(made));
        Assert.Empty(made.Except(wanted));
        Assert.Equal(wanted, made);
    }

    [Fact]
    public void Model_and_migrations_agree()
    {
        using var context = new FleetmarkDbContext(FleetmarkDbContext.OptionsFor(options => options.UseNpgsql(Source)));
        Assert.False(context.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Database_has_exactly_one_identity()
    {
        Assert.Equal(1L, await ScalarAsync<long>("select count(*) from cluster_identity"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => ExecuteAsync("insert into cluster_identity default values"));
    }
}
