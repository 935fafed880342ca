using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;
using Fleetmark.Documents;
using Fleetmark.Storage.Clusters;
using Fleetmark.Storage.Databases;
using Fleetmark.Storage.Fleet;
using Fleetmark.Storage.Results;
using Fleetmark.Storage.Runs;
using Fleetmark.Storage.Tables;
using Npgsql;

namespace Fleetmark.Cli.Databases;

/// <summary>
/// The database of one command: the configured one, or the private cluster, which is started when needed and stopped by the last command that leaves. Its schema is
/// that of this program.
/// </summary>
internal sealed class DatabaseAccess : IRunReads, IAsyncDisposable
{
    private readonly DatabaseSession _session;

    private DatabaseAccess(DatabaseSession session)
    {
        _session = session;
        Runs = new RunQueries(session.Source);
        Results = new ResultQueries(session.Source, Runs);
        Fleet = new FleetQueries(session.Source);
        Launches = new LaunchQueries(session.Source);
        Failures = new FailureQueries(session.Source);
    }

    /// <summary>Connections.</summary>
    public NpgsqlDataSource Source => _session.Source;

    /// <summary>Reads about runs.</summary>
    public RunQueries Runs { get; }

    /// <summary>Reads whole runs for tables.</summary>
    public ResultQueries Results { get; }

    /// <summary>Reads about agents and devices.</summary>
    public FleetQueries Fleet { get; }

    /// <summary>Reads launches with their samples.</summary>
    public LaunchQueries Launches { get; }

    /// <summary>Reads what was said of failed attempts.</summary>
    public FailureQueries Failures { get; }

    /// <summary>Opens the database a command shall use, and says in one line which and why.</summary>
    /// <exception cref="ProblemException">It does not answer, or its schema is not this program's.</exception>
    public static Task<DatabaseAccess> OpenAsync(Terminal terminal, string? commandLine, CancellationToken cancel) =>
        OpenAsync(terminal, commandLine, DatabaseSession.OpenAsync, cancel);

    /// <summary>Opens the database whatever its schema.</summary>
    /// <exception cref="ProblemException">It does not answer.</exception>
    public static Task<DatabaseAccess> ConnectAsync(Terminal terminal, string? commandLine, CancellationToken cancel) =>
        OpenAsync(terminal, commandLine, DatabaseSession.ConnectAsync, cancel);

    /// <inheritdoc/>
    public Task<RunStatus> StatusAsync(RunId run, CancellationToken cancel) => Runs.StatusAsync(run, cancel);

    /// <inheritdoc/>
    public async Task<RunResults> RequireResultsAsync(RunId run, CancellationToken cancel) => await Results.FindAsync(run, cancel) ?? throw UnknownRun(run);

    /// <summary>What to say of a run that is not there.</summary>
    public static ProblemException UnknownRun(RunId run) =>
        new(new Problem("unknown-run", $"run {run}", "there is no such run in this database", "`fleetmark runs` lists them"));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private static async Task<DatabaseAccess> OpenAsync(
        Terminal terminal, string? commandLine, Func<DatabaseChoice, ClusterSettings, TimeProvider, CancellationToken, Task<DatabaseSession>> open, CancellationToken cancel)
    {
        DatabaseChoice choice = DatabaseChoice.Decide(commandLine, Environment.GetEnvironmentVariable);
        DatabaseSession session = await open(choice, ClusterSettings.FromEnvironment(Environment.GetEnvironmentVariable), TimeProvider.System, cancel);
        // Only now: when it cannot be opened, the one line about that names it already.
        terminal.Note(choice.Explanation);
        if (choice.Warning is { } warning) terminal.Warn(warning);
        return new DatabaseAccess(session);
    }
}
