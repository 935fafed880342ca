using Npgsql;

namespace Fleetmark.Storage.Clusters;

/// <summary>What is asked of the server of a private cluster itself: its database, and who is joined.</summary>
internal static class ClusterConnections
{
    /// <summary>Name under which the sessions of commands are counted.</summary>
    public const string SessionName = "fleetmark-cli";

    /// <summary>Name of the database.</summary>
    public const string Database = "fleetmark";

    /// <summary>Makes Fleetmark's database in the cluster where it is missing.</summary>
    /// <exception cref="NpgsqlException">The server does not take the connection.</exception>
    public static async Task EnsureDatabaseAsync(ClusterFile file, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(file, "postgres", "fleetmark-start"));
        await connection.OpenAsync(cancel);
        await using var exists = new NpgsqlCommand($"select exists (select from pg_database where datname = '{Database}')", connection);
        if (await exists.ExecuteScalarAsync(cancel) is true) return;
        await using var create = new NpgsqlCommand($"create database {Database}", connection);
        await create.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Commands that are joined beside the one whose session this is; null when the session broke, because the server was restarted under it.</summary>
    public static async Task<int?> CountOthersAsync(NpgsqlConnection counted)
    {
        try
        {
            // Renamed first: a closed session is seen for a moment longer, and the next one that leaves must not take it for somebody who stays.
            await using var count = new NpgsqlCommand(
                $"set application_name = '{SessionName}-left'; select count(*)::int from pg_stat_activity where application_name = '{SessionName}'", counted);
            return (int)(await count.ExecuteScalarAsync(CancellationToken.None))!;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Commands that are joined; null when the server does not answer, which says nothing about who uses it.</summary>
    public static async Task<int?> CountSessionsAsync(ClusterFile file, CancellationToken cancel)
    {
        if (file.SocketFolder is null) return null;
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString(file, "postgres", "fleetmark-count"));
            await connection.OpenAsync(cancel);
            await using var count = new NpgsqlCommand($"select count(*)::int from pg_stat_activity where application_name = '{SessionName}'", connection);
            return (int)(await count.ExecuteScalarAsync(cancel))!;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    /// <summary>A connection string without a pool, over the cluster's socket. A secret.</summary>
    public static string ConnectionString(ClusterFile file, string database, string application) => new NpgsqlConnectionStringBuilder
    {
        Host = file.SocketFolder,
        Username = file.User,
        Password = file.Password,
        Database = database,
        ApplicationName = application,
        Pooling = false,
    }.ConnectionString;
}
