using Fleetmark.Contracts.Jobs;
using Npgsql;

namespace Fleetmark.Storage.Jobs;

/// <summary>Prolongs the leases of attempts that are being worked on.</summary>
public sealed class RenewStatement(NpgsqlDataSource database)
{
    private static readonly string Sql = SqlText.Read("Jobs/renew.sql");

    /// <summary>Renews; what is not among the answers belongs to somebody else by now, and its launch must end.</summary>
    public async Task<IReadOnlyList<RenewedLease>> ExecuteAsync(IReadOnlyList<AttemptKey> leases, TimeSpan timeToLive, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(leases);
        await using NpgsqlCommand command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = leases.Select(l => l.JobId.Value).ToArray() });
        command.Parameters.Add(new() { Value = leases.Select(l => l.Attempt).ToArray() });
        command.Parameters.Add(new() { Value = timeToLive });
        return await command.ReadAllAsync(r => new RenewedLease(new AttemptKey(new JobId(r.GetInt64(0)), r.GetInt32(1)), r.GetBoolean(2)), cancel);
    }
}
