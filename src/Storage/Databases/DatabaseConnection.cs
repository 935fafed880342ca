using Fleetmark.Documents;
using Npgsql;

namespace Fleetmark.Storage.Databases;

/// <summary>Turns a person's connection string into the one every part of Fleetmark connects with.</summary>
public static class DatabaseConnection
{
    /// <summary>Oldest major version of PostgreSQL the schema works on.</summary>
    public const int OldestMajor = 15;

    /// <summary>
    /// The connection string with what the statements rely on: the schema on the search path, no secrets kept in open connections, no row values in
    /// error texts. What the string says otherwise (pool size, timeouts, encryption) stays.
    /// </summary>
    /// <exception cref="ProblemException">The text is no connection string; the problem does not repeat it, it may hold a password.</exception>
    public static string Complete(string connectionString, string where)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new ProblemException(new Problem("database-text", where, "this is no PostgreSQL connection string",
                "write it as Host=…;Database=…;Username=…;Password=…"));
        }

        if (string.IsNullOrEmpty(builder.Host))
            throw new ProblemException(new Problem("database-text", where, "the connection string names no host", "write it as Host=…;Database=…;Username=…"));
        builder.SearchPath = FleetmarkDbContext.Schema;
        builder.PersistSecurityInfo = false;
        builder.IncludeErrorDetail = false;
        builder.ApplicationName ??= "fleetmark";
        return builder.ConnectionString;
    }

    /// <summary>A data source for <see cref="Complete"/>'s result. The caller disposes it.</summary>
    public static NpgsqlDataSource Open(string connectionString) => new NpgsqlDataSourceBuilder(connectionString).Build();

    /// <summary>Host, port and database for people; never a user's secret.</summary>
    internal static string Describe(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        return builder.Host is ['/', ..] socket ? $"socket {socket}" : $"{builder.Host}:{builder.Port}";
    }
}
