using Npgsql;
using NpgsqlTypes;

namespace Fleetmark.Storage.Sessions;

/// <summary>Lets an agent in by a join token, and counts the token's use, in one statement.</summary>
public sealed class JoinStatement(NpgsqlDataSource database)
{
    private static readonly string Sql = SqlText.Read("Sessions/join.sql");

    /// <summary>Joins.</summary>
    /// <param name="tokenSha256">SHA-256 of the token.</param>
    /// <param name="agentKey">Key the agent keeps for ever.</param>
    /// <param name="name">Its name.</param>
    /// <param name="host">Name of its machine.</param>
    /// <param name="credentialSha256">SHA-256 of the credential it gets.</param>
    /// <param name="oldCredentialSha256">SHA-256 of the credential it has; null when it has none.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public async Task<JoinOutcome> ExecuteAsync(
        byte[] tokenSha256, Guid agentKey, string name, string host, byte[] credentialSha256, byte[]? oldCredentialSha256, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = tokenSha256 });
        command.Parameters.Add(new() { Value = agentKey });
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = host });
        command.Parameters.Add(new() { Value = credentialSha256 });
        command.Parameters.Add(new() { Value = (object?)oldCredentialSha256 ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea });
        try
        {
            IReadOnlyList<JoinOutcome> rows = await command.ReadAllAsync(
                row => row.Nullable<int?>(3) is not null ? JoinOutcome.Joined
                    : !row.GetBoolean(0) ? JoinOutcome.UnknownToken
                    : row.GetBoolean(1) ? JoinOutcome.Revoked
                    : JoinOutcome.Alive,
                cancel);
            return rows[0];
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "agent_name_key" })
        {
            return JoinOutcome.NameTaken;
        }
    }
}
