using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;
using Fleetmark.Documents;
using Fleetmark.Storage.Clusters;
using Fleetmark.Storage.Databases;
using Fleetmark.Storage.Fleet;
using Fleetmark.Storage.Migrations;
using Fleetmark.Storage.Results;
using Fleetmark.Storage.Runs;
using Fleetmark.Storage.Tables;
using Npgsql;

namespace Fleetmark.Cli.Databases;

/// <summary>
/// The database of one command: the configured one, or the private cluster, which is started when needed and stopped by the last command that leaves. Its schema is
/// that of this program.
/// </summary>
internal sealed class DatabaseAccess : IAsyncDisposable
{
    private readonly ClusterSession? _session;

    private DatabaseAccess(NpgsqlDataSource source, ClusterSession? session)
    {
        Source = source;
        _session = session;
        Runs = new RunQueries(source);
        Results = new ResultQueries(source, Runs);
        Fleet = new FleetQueries(source);
        Launches = new LaunchQueries(source);
    }

    /// <summary>Connections.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>Reads about runs.</summary>
    public RunQueries Runs { get; }

    /// <summary>Reads whole runs for tables.</summary>
    public ResultQueries Results { get; }

    /// <summary>Reads about agents and devices.</summary>
    public FleetQueries Fleet { get; }

    /// <summary>Reads launches with their samples.</summary>
    public LaunchQueries Launches { get; }

    /// <summary>Opens the database a command shall use, and says in one line which and why.</summary>
    /// <exception cref="ProblemException">It does not answer, or its schema is not this program's.</exception>
    public static async Task<DatabaseAccess> OpenAsync(Terminal terminal, string? commandLine, CancellationToken cancel)
    {
        DatabaseAccess access = await ConnectAsync(terminal, commandLine, cancel);
        try
        {
            var migrations = new MigrationRunner(access.Source);
            if (access._session is not null)
                await migrations.ApplyAsync(cancel);
            else if (await migrations.PendingAsync(cancel) is { Count: > 0 } pending)
                throw new ProblemException(new Problem("migration-pending", "database", $"{pending.Count} migrations are not applied", "run `fleetmark db migrate`"));
            return access;
        }
        catch
        {
            await access.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens the database whatever its schema.</summary>
    /// <exception cref="ProblemException">It does not answer.</exception>
    public static async Task<DatabaseAccess> ConnectAsync(Terminal terminal, string? commandLine, CancellationToken cancel)
    {
        DatabaseChoice choice = DatabaseChoice.Decide(commandLine, Environment.GetEnvironmentVariable);
        terminal.Note(choice.Explanation);
        if (choice.Warning is { } warning) terminal.Warn(warning);
        if (choice.ConnectionString is not { } configured)
        {
            ClusterSession session = await FleetmarkHome.Cluster().AttachAsync(cancel);
            return new DatabaseAccess(DatabaseConnection.Open(session.ConnectionString), session);
        }

        NpgsqlDataSource source = DatabaseConnection.Open(configured);
        try
        {
            await using NpgsqlConnection probe = await source.OpenConnectionAsync(cancel);
            return new DatabaseAccess(source, null);
        }
        catch (Exception e) when (DatabaseProblem.Explains(e))
        {
            await source.DisposeAsync();
            throw new ProblemException(DatabaseProblem.From(e, configured));
        }
    }

    /// <summary>The run for its tables.</summary>
    /// <exception cref="ProblemException">There is no such run.</exception>
    public async Task<RunResults> RequireResultsAsync(RunId run, CancellationToken cancel) => await Results.FindAsync(run, cancel) ?? throw UnknownRun(run);

    /// <summary>What to say of a run that is not there.</summary>
    public static ProblemException UnknownRun(RunId run) =>
        new(new Problem("unknown-run", $"run {run}", "there is no such run in this database", "`fleetmark runs` lists them"));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        if (_session is not null) await _session.DisposeAsync();
    }
}
