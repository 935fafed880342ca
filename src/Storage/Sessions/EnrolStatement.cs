using Npgsql;

namespace Fleetmark.Storage.Sessions;

/// <summary>Makes an agent known: its key and the hash of its credential. The credential itself is never stored.</summary>
public sealed class EnrolStatement(NpgsqlDataSource database)
{
    private static readonly string Sql = SqlText.Read("Sessions/enrol.sql");

    /// <summary>Stores or renews the agent's credential.</summary>
    /// <param name="agentKey">Key the agent keeps for ever.</param>
    /// <param name="name">Its name; unique.</param>
    /// <param name="credentialSha256">SHA-256 of the credential, 32 bytes.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public async Task ExecuteAsync(Guid agentKey, string name, byte[] credentialSha256, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = agentKey });
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = credentialSha256 });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
