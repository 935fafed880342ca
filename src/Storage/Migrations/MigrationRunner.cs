using System.Reflection;
using Fleetmark.Storage.Databases;
using Fleetmark.Storage.Membership;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Fleetmark.Storage.Migrations;

/// <summary>Brings a database to this program's schema, one process at a time, and says what is missing.</summary>
public sealed class MigrationRunner(NpgsqlDataSource source)
{
    /// <summary>Ids of every migration this program knows, oldest first.</summary>
    private static readonly string[] Known =
    [
        .. typeof(MigrationRunner).Assembly.GetTypes()
            .Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id)
            .OfType<string>()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// Ids of the migrations the database lacks, oldest first, then the name of the script for Orleans; empty when it is ready. Does not build EF Core's model, so it is cheap enough for every start.
    /// </summary>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancel)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancel);
        return await PendingAsync(connection, cancel);
    }

    /// <summary>
    /// Applies what is pending and returns its ids. A second caller waits on a session advisory lock and then finds nothing to do; EF Core's own lock
    /// would cover a migration's transaction only, not what must run outside of one.
    /// </summary>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancel)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancel);
        await LockAsync(connection, "select pg_advisory_lock($1)", cancel);
        try
        {
            IReadOnlyList<string> pending = await PendingAsync(connection, cancel);
            if (pending.Any(id => id != OrleansScript.Name)) await MigrateAsync(connection, cancel);
            if (pending.Contains(OrleansScript.Name)) await OrleansScript.ApplyAsync(connection, cancel);
            return pending;
        }
        finally
        {
            // A broken connection has given the lock back already.
            if (connection.State == System.Data.ConnectionState.Open) await LockAsync(connection, "select pg_advisory_unlock($1)", CancellationToken.None);
        }
    }

    private static async Task MigrateAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var context = new FleetmarkDbContext(FleetmarkDbContext.OptionsFor(options => options.UseNpgsql(
            connection, npgsql => npgsql.MigrationsHistoryTable(FleetmarkDbContext.HistoryTable, FleetmarkDbContext.Schema))));
        await context.Database.MigrateAsync(cancel);
    }

    private static async Task LockAsync(NpgsqlConnection connection, string statement, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(statement, connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = AdvisoryLocks.Migration } } };
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<IReadOnlyList<string>> PendingAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        IReadOnlyList<string> migrations = await PendingMigrationsAsync(connection, cancel);
        return await OrleansScript.IsAppliedAsync(connection, cancel) ? migrations : [.. migrations, OrleansScript.Name];
    }

    private static async Task<IReadOnlyList<string>> PendingMigrationsAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var exists = new NpgsqlCommand($"select to_regclass('{FleetmarkDbContext.Schema}.{FleetmarkDbContext.HistoryTable}') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancel) is not true) return Known;
        var applied = new HashSet<string>(StringComparer.Ordinal);
        await using var read = new NpgsqlCommand($"select \"MigrationId\" from {FleetmarkDbContext.Schema}.{FleetmarkDbContext.HistoryTable}", connection);
        await using NpgsqlDataReader reader = await read.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) applied.Add(reader.GetString(0));
        return [.. Known.Where(id => !applied.Contains(id))];
    }
}
