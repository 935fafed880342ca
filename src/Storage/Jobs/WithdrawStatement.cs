using Fleetmark.Contracts.Jobs;
using Npgsql;

namespace Fleetmark.Storage.Jobs;

/// <summary>Takes waiting jobs out of the queue: failed when no device can ever run them, cancelled otherwise.</summary>
public sealed class WithdrawStatement(NpgsqlDataSource database)
{
    private static readonly string Sql = SqlText.Read("Jobs/withdraw.sql");

    /// <summary>Withdraws those of the jobs that still wait.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="code">Why; see <see cref="FailureCode"/>.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>How many were withdrawn.</returns>
    public async Task<int> ExecuteAsync(IReadOnlyList<JobId> jobs, string code, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        await using NpgsqlCommand command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = jobs.Select(j => j.Value).ToArray() });
        command.Parameters.Add(new() { Value = code });
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
