using System.Net;
using System.Net.Sockets;
using Fleetmark.Documents;
using Fleetmark.Fixtures;
using Fleetmark.Storage.Clusters;
using Fleetmark.Storage.Databases;
using Npgsql;

namespace Fleetmark.Storage.Tests.Databases;

public sealed class DatabaseProblemTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unreachable_database_names_host_and_port_and_starts_nothing()
    {
        using var home = new TemporaryFolder("unused");
        int port = ClosedPort();
        DatabaseChoice choice = DatabaseChoice.Decide($"Host=127.0.0.1;Port={port};Username=u;Password=geheim", _ => null);

        Problem problem = await RefusedAsync(choice, home);

        Assert.Equal("database-unreachable", problem.Code);
        Assert.StartsWith($"127.0.0.1:{port}: ", problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", problem.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(home.Path));
    }

    [Fact]
    public async Task A_wrong_password_is_called_a_refusal()
    {
        await using TestDatabase database = await cluster.CreateDatabaseAsync(Cancel);
        Assert.Equal("database-access", (await RefusedAsync(database, c => c.Password = "wrong")).Code);
    }

    [Fact]
    public async Task A_missing_database_is_named()
    {
        await using TestDatabase database = await cluster.CreateDatabaseAsync(Cancel);
        Problem problem = await RefusedAsync(database, c => c.Database = "not_there");
        Assert.Equal("database-missing", problem.Code);
        Assert.Contains("not_there", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configured_database_without_the_schema_is_refused_and_not_migrated()
    {
        await using TestDatabase database = await cluster.CreateEmptyDatabaseAsync(Cancel);
        Assert.Equal("database-pending", (await RefusedAsync(database, _ => { })).Code);
        Assert.Equal("null", Assert.Single(await Catalogue.RowsAsync(database.Source, "select to_regnamespace('fleetmark')::text", Cancel)));
    }

    [Fact]
    public async Task A_configured_database_with_the_schema_opens()
    {
        await using TestDatabase database = await cluster.CreateDatabaseAsync(Cancel);
        using var home = new TemporaryFolder("unused");
        await using DatabaseSession session = await OpenAsync(DatabaseChoice.Decide(database.ConnectionString, _ => null), home);
        Assert.False(session.IsPrivate);
        Assert.Equal("1", Assert.Single(await Catalogue.RowsAsync(session.Source, "select count(*) from cluster_identity", Cancel)));
    }

    [Fact]
    public async Task A_configured_database_without_the_schema_can_be_connected_to_and_stays_as_it_is()
    {
        await using TestDatabase database = await cluster.CreateEmptyDatabaseAsync(Cancel);
        using var home = new TemporaryFolder("unused");
        await using DatabaseSession session = await DatabaseSession.ConnectAsync(
            DatabaseChoice.Decide(database.ConnectionString, _ => null), new ClusterSettings { Root = Path.Combine(home.Path, "pg") }, TimeProvider.System, Cancel);
        Assert.Equal("null", Assert.Single(await Catalogue.RowsAsync(session.Source, "select to_regnamespace('fleetmark')::text", Cancel)));
    }

    private static async Task<Problem> RefusedAsync(TestDatabase database, Action<NpgsqlConnectionStringBuilder> change)
    {
        var changed = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        change(changed);
        using var home = new TemporaryFolder("unused");
        return await RefusedAsync(DatabaseChoice.Decide(changed.ConnectionString, _ => null), home);
    }

    private static async Task<Problem> RefusedAsync(DatabaseChoice choice, TemporaryFolder home) =>
        Assert.Single((await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(choice, home))).Problems);

    private static Task<DatabaseSession> OpenAsync(DatabaseChoice choice, TemporaryFolder home) =>
        DatabaseSession.OpenAsync(choice, new ClusterSettings { Root = Path.Combine(home.Path, "pg") }, TimeProvider.System, Cancel);

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
