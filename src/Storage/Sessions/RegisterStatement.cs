using Fleetmark.Contracts.Jobs;
using Fleetmark.Storage.Jobs;
using Npgsql;
using NpgsqlTypes;

namespace Fleetmark.Storage.Sessions;

/// <summary>Lets an agent in and settles what it no longer has, in one transaction.</summary>
public sealed class RegisterStatement(NpgsqlDataSource database)
{
    private static readonly string Agent = SqlText.Read("Sessions/register-agent.sql");
    private static readonly string Devices = SqlText.Read("Sessions/register-devices.sql");
    private static readonly string Flavours = SqlText.Read("Sessions/register-flavours.sql");
    private static readonly string Calibrations = SqlText.Read("Sessions/register-calibrations.sql");
    private static readonly string EndAttempts = SqlText.Read("Sessions/end-attempts.sql");
    private static readonly string OpenAttempts = SqlText.Read("Sessions/open-attempts.sql");

    /// <summary>Registers; null when the credential is unknown or a newer session exists.</summary>
    public async Task<RegisteredAgent?> ExecuteAsync(Registration registration, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(registration);
        await using NpgsqlConnection connection = await database.OpenConnectionAsync(cancel);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancel);
        if (await AgentAsync(registration, connection, transaction, cancel) is not { } agent) return null;
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(SqlText.Command(Devices, new() { Value = agent.Id }, JsonColumn.Parameter(registration.Devices)));
        batch.BatchCommands.Add(SqlText.Command(Calibrations, new() { Value = agent.Id }, JsonColumn.Parameter(registration.Calibrations)));
        batch.BatchCommands.Add(SqlText.Command(
            EndAttempts,
            new() { Value = agent.Id },
            new() { Value = agent.Incarnation },
            new() { Value = registration.Spooled.Select(s => s.JobId.Value).ToArray() },
            new() { Value = registration.Spooled.Select(s => s.Attempt).ToArray() },
            new() { Value = registration.Held.Select(s => s.JobId.Value).ToArray() },
            new() { Value = registration.Held.Select(s => s.Attempt).ToArray() }));
        batch.BatchCommands.Add(SqlText.Command(OpenAttempts, new NpgsqlParameter { Value = agent.Id }));
        batch.BatchCommands.Add(SqlText.Command(Flavours, new() { Value = agent.Id }, JsonColumn.Parameter(registration.Flavours)));
        RegisteredAgent registered;
        await using (NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancel))
        {
            var devices = (await reader.ReadAllAsync(r => (Id: r.GetInt32(0), Uuid: r.GetString(1)), cancel)).ToDictionary(d => d.Uuid, d => d.Id, StringComparer.Ordinal);
            await reader.NextResultAsync(cancel);
            IReadOnlyList<EndedAttempt> ended = await reader.ReadAllAsync(EndedAttempt.Read, cancel);
            await reader.NextResultAsync(cancel);
            IReadOnlyList<Lease> open = await reader.ReadAllAsync(r => new Lease(new AttemptKey(new JobId(r.GetInt64(0)), r.GetInt32(1)), r.GetInt32(2)), cancel);
            registered = new RegisteredAgent(agent.Id, agent.Incarnation, devices, open, ended);
        }

        await transaction.CommitAsync(cancel);
        return registered;
    }

    private static async Task<(int Id, long Incarnation)?> AgentAsync(
        Registration registration, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Agent, connection, transaction);
        command.Parameters.Add(new() { Value = registration.CredentialSha256 });
        command.Parameters.Add(new() { Value = registration.ProcessId });
        command.Parameters.Add(new() { Value = registration.SessionEpoch });
        command.Parameters.Add(new() { Value = registration.Host });
        command.Parameters.Add(new() { Value = registration.Version });
        command.Parameters.Add(new() { Value = registration.Labels.ToArray() });
        command.Parameters.Add(new() { Value = (object?)registration.SelfCheck?.ToJson() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb });
        IReadOnlyList<(int, long)> rows = await command.ReadAllAsync(r => (r.GetInt32(0), r.GetInt64(1)), cancel);
        return rows.Count == 0 ? null : rows[0];
    }
}
