using System.Net.Sockets;
using Fleetmark.Documents;
using Npgsql;

namespace Fleetmark.Storage.Databases;

/// <summary>The one place that turns a failed connection into a line for a person: host and port, never the password.</summary>
public static class DatabaseProblem
{
    /// <summary>True for failures a person can do something about: no answer, no access, no such database, too many connections.</summary>
    public static bool Explains(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure is NpgsqlException or SocketException or TimeoutException;
    }

    /// <summary>The line for a failure that <see cref="Explains"/>.</summary>
    /// <param name="failure">What the driver threw.</param>
    /// <param name="connectionString">The connection string in use; only host, port, database and user name are taken from it.</param>
    public static Problem From(Exception failure, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(failure);
        string where = DatabaseConnection.Describe(connectionString);
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        return failure switch
        {
            PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
                new Problem("database-access", where, $"PostgreSQL refuses user '{builder.Username}'", "check user name and password of the connection string"),
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
                new Problem("database-missing", where, $"there is no database '{builder.Database}'", "create it, or name another one in the connection string"),
            PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } =>
                new Problem("database-full", where, "PostgreSQL has no connection left", "raise max_connections or stop other clients"),
            PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused =>
                new Problem("database-access", where, $"user '{builder.Username}' lacks a right: {refused.MessageText}", "grant it, or use the owner's connection string"),
            PostgresException other => new Problem("database-error", where, $"PostgreSQL answers {other.SqlState}: {other.MessageText}"),
            _ => new Problem("database-unreachable", where, $"the database does not answer ({Reason(failure)})", "start it, or correct host and port of the connection string"),
        };
    }

    private static string Reason(Exception failure)
    {
        for (Exception? at = failure; at is not null; at = at.InnerException)
        {
            if (at is SocketException socket) return socket.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => "connection refused",
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "no such host",
                SocketError.TimedOut => "timed out",
                SocketError.HostUnreachable or SocketError.NetworkUnreachable => "no route to the host",
                _ => socket.Message,
            };
            if (at is TimeoutException) return "timed out";
        }

        return failure.Message;
    }
}
