using Fleetmark.Documents;
using Fleetmark.Storage.Databases;
using Fleetmark.Storage.Migrations;
using Npgsql;

namespace Fleetmark.Storage.Clusters;

/// <summary>
/// The database of one process: the private cluster, started and migrated as needed, or the configured database, which must answer, be new enough and, unless its
/// schema does not matter, be migrated already. A configured database that does not answer is an error; the private cluster is never used in its place.
/// </summary>
public sealed class DatabaseSession : IAsyncDisposable
{
    private readonly ClusterSession? _cluster;
    private int _disposed;

    private DatabaseSession(string connectionString, ClusterSession? cluster)
    {
        ConnectionString = connectionString;
        Source = DatabaseConnection.Open(connectionString);
        _cluster = cluster;
    }

    /// <summary>The completed connection string. A secret: never print it.</summary>
    public string ConnectionString { get; }

    /// <summary>Where statements and queries run. Disposed with the session.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>True when it is the private cluster, so that this process hosts the whole stack.</summary>
    public bool IsPrivate => _cluster is not null;

    /// <summary>Opens what was chosen, with this program's schema.</summary>
    /// <param name="choice">Which database.</param>
    /// <param name="settings">Where the private cluster lives; used only when it was chosen.</param>
    /// <param name="clock">Times the waiting for other processes.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="ProblemException">It cannot be had; one line says why and what helps.</exception>
    public static Task<DatabaseSession> OpenAsync(DatabaseChoice choice, ClusterSettings settings, TimeProvider clock, CancellationToken cancel) =>
        OpenAsync(choice, settings, clock, session => session.MigrateAsync(cancel), cancel);

    /// <summary>Opens what was chosen, whatever its schema.</summary>
    /// <inheritdoc cref="OpenAsync(DatabaseChoice, ClusterSettings, TimeProvider, CancellationToken)"/>
    public static Task<DatabaseSession> ConnectAsync(DatabaseChoice choice, ClusterSettings settings, TimeProvider clock, CancellationToken cancel) =>
        OpenAsync(choice, settings, clock, _ => Task.CompletedTask, cancel);

    /// <summary>Closes every connection; the last process out stops the private cluster.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        await Source.DisposeAsync();
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    private static async Task<DatabaseSession> OpenAsync(
        DatabaseChoice choice, ClusterSettings settings, TimeProvider clock, Func<DatabaseSession, Task> prepare, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(settings);
        ClusterSession? cluster = choice.IsPrivate ? await new PrivateCluster(settings, clock).AttachAsync(cancel) : null;
        var session = new DatabaseSession(choice.ConnectionString ?? cluster!.ConnectionString, cluster);
        try
        {
            await session.CheckVersionAsync(cancel);
            await prepare(session);
            return session;
        }
        catch (Exception e) when (DatabaseProblem.Explains(e))
        {
            await session.DisposeAsync();
            throw new ProblemException(DatabaseProblem.From(e, session.ConnectionString));
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private async Task CheckVersionAsync(CancellationToken cancel)
    {
        await using NpgsqlConnection connection = await Source.OpenConnectionAsync(cancel);
        if (connection.PostgreSqlVersion.Major < DatabaseConnection.OldestMajor)
            throw new ProblemException(new Problem("database-version", DatabaseConnection.Describe(ConnectionString),
                $"this is PostgreSQL {connection.PostgreSqlVersion}, and Fleetmark needs {DatabaseConnection.OldestMajor} or newer"));
    }

    private async Task MigrateAsync(CancellationToken cancel)
    {
        var migrations = new MigrationRunner(Source);
        IReadOnlyList<string> pending = await migrations.PendingAsync(cancel);
        if (pending.Count == 0) return;
        if (!IsPrivate)
            throw new ProblemException(new Problem("database-pending", DatabaseConnection.Describe(ConnectionString),
                $"the schema lacks {pending.Count} {(pending.Count == 1 ? "migration" : "migrations")}, first {pending[0]}", "run fleetmark db migrate"));
        await migrations.ApplyAsync(cancel);
    }
}
