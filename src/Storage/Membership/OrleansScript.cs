using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Fleetmark.Storage.Membership;

/// <summary>
/// Tables and queries that Orleans reads, in the schema <c>orleans</c>: who is a silo, and which reminders there are. The packages of Orleans carry no SQL; the script is ours
/// and may be applied as often as one likes.
/// </summary>
public static class OrleansScript
{
    /// <summary>Schema of all of it.</summary>
    public const string Schema = "orleans";

    /// <summary>What a database that lacks the script, or has an older one, is told to lack.</summary>
    internal const string Name = "orleans";

    private static readonly string Text = SqlText.Read("Membership/orleans.script.sql");

    /// <summary>Kept as the schema's comment, so that a database says which script it has.</summary>
    private static readonly string Digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>True when the database has exactly this script.</summary>
    internal static async Task<bool> IsAppliedAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select obj_description(to_regnamespace('{Schema}'), 'pg_namespace')", connection);
        return await command.ExecuteScalarAsync(cancel) is string applied && applied == Digest;
    }

    /// <summary>Applies the script in one transaction.</summary>
    internal static async Task ApplyAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancel);
        await using (var script = new NpgsqlCommand(Text, connection, transaction)) await script.ExecuteNonQueryAsync(cancel);
        await using (var signature = new NpgsqlCommand($"comment on schema {Schema} is '{Digest}'", connection, transaction)) await signature.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The connection string of the database as Orleans uses it: its own schema, and a pool of its own of at most ten connections.</summary>
    public static string ConnectionString(string database)
    {
        var builder = new NpgsqlConnectionStringBuilder(database) { SearchPath = Schema, MaxPoolSize = MostConnections, ApplicationName = "fleetmark-orleans" };
        return builder.ConnectionString;
    }

    private const int MostConnections = 10;
}
