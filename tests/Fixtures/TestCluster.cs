using System.Diagnostics;
using System.Globalization;
using Fleetmark.Storage.Clusters;
using Fleetmark.Storage.Migrations;
using Npgsql;

namespace Fleetmark.Fixtures;

/// <summary>
/// A private PostgreSQL cluster for one test assembly, made by the product's own code, without fsync. It starts with the first database asked for and is
/// gone when disposed; what a killed test run left behind is removed by the next one. Use it as an assembly fixture.
/// </summary>
public sealed class TestCluster : IAsyncDisposable
{
    private const string Template = "fleetmark_template";
    private readonly SemaphoreSlim _one = new(1, 1);
    private TemporaryFolder? _folder;
    private PrivateCluster? _cluster;
    private ClusterSession? _session;
    private int _databases;

    /// <summary>A new database with the migrated schema and no rows beside the cluster's identity.</summary>
    public Task<TestDatabase> CreateDatabaseAsync(CancellationToken cancel) => CreateAsync(Template, cancel);

    /// <summary>A new database with nothing in it.</summary>
    public Task<TestDatabase> CreateEmptyDatabaseAsync(CancellationToken cancel) => CreateAsync("template1", cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_session is not null) await _session.DisposeAsync();
        if (_cluster is not null) await _cluster.DestroyAsync(CancellationToken.None);
        _folder?.Dispose();
        _one.Dispose();
    }

    private async Task<TestDatabase> CreateAsync(string template, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);   // no two sessions may copy one template at once
        try
        {
            ClusterSession session = _session ??= await StartAsync(cancel);
            string name = string.Create(CultureInfo.InvariantCulture, $"test_{++_databases}");
            await ExecuteAsync(session, $"create database {name} template {template}", cancel);
            return new TestDatabase(For(session, name), () => ExecuteAsync(session, $"drop database {name} with (force)", CancellationToken.None));
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<ClusterSession> StartAsync(CancellationToken cancel)
    {
        await RemoveLeftOversAsync(cancel);
        _folder = new TemporaryFolder($"tests-{Environment.ProcessId}");
        _cluster = new PrivateCluster(SettingsIn(_folder.Path), TimeProvider.System);
        ClusterSession session = await _cluster.AttachAsync(cancel);
        await ExecuteAsync(session, $"create database {Template}", cancel);
        await using (NpgsqlDataSource source = new NpgsqlDataSourceBuilder(For(session, Template)).Build()) await new MigrationRunner(source).ApplyAsync(cancel);
        return session;
    }

    private static ClusterSettings SettingsIn(string folder) => new()
    {
        Root = Path.Combine(folder, "pg"),
        BinaryFolder = Environment.GetEnvironmentVariable("FLEETMARK_PG_BIN"),
        Durable = false,
    };

    private static async Task RemoveLeftOversAsync(CancellationToken cancel)
    {
        foreach (string folder in Directory.GetDirectories(Path.GetTempPath(), "fleetmark-tests-*"))
        {
            string owner = Path.GetFileName(folder).Split('-')[2];
            if (!int.TryParse(owner, CultureInfo.InvariantCulture, out int pid) || IsAlive(pid)) continue;
            await new PrivateCluster(SettingsIn(folder), TimeProvider.System).DestroyAsync(cancel);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string For(ClusterSession session, string database) => new NpgsqlConnectionStringBuilder(session.ConnectionString) { Database = database }.ConnectionString;

    private static async Task ExecuteAsync(ClusterSession session, string statement, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(session.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
