using Fleetmark.Contracts.Runs;
using Fleetmark.Storage.Databases;
using Npgsql;

namespace Fleetmark.Storage.Runs;

/// <summary>
/// Says that a living process drives a run: a session advisory lock on a connection of its own, which the database gives back when the process dies, however it
/// dies. Take it before the run is submitted, or <see cref="LeftOverRuns"/> of another process may find the new run without one.
/// </summary>
public sealed class RunLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly long _key;

    private RunLock(NpgsqlConnection connection, long key)
    {
        _connection = connection;
        _key = key;
    }

    /// <summary>Takes the lock; null when another process drives the run.</summary>
    public static async Task<RunLock?> TryTakeAsync(NpgsqlDataSource database, RunId runId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        long key = AdvisoryLocks.Run(runId.Value);
        NpgsqlConnection connection = await database.OpenConnectionAsync(cancel);
        try
        {
            if (await AskAsync(connection, "select pg_try_advisory_lock($1)", key, cancel)) return new RunLock(connection, key);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Gives the lock back.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            // Closing gives the connection to the pool, which resets it only at its next use: the lock would live on meanwhile.
            if (_connection.State == System.Data.ConnectionState.Open) await AskAsync(_connection, "select pg_advisory_unlock($1)", _key, CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The connection broke, and the lock went with it.
        }
        finally
        {
            await _connection.DisposeAsync();
        }
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string statement, long key, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(statement, connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = key } } };
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }
}
