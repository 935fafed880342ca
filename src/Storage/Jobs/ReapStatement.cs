using Npgsql;

namespace Fleetmark.Storage.Jobs;

/// <summary>Ends the attempts whose leases ran out; their jobs are ready again, or dead.</summary>
public sealed class ReapStatement(NpgsqlDataSource database)
{
    private static readonly string Sql = SqlText.Read("Jobs/reap.sql");

    /// <summary>Reaps at most <paramref name="limit"/> attempts.</summary>
    public async Task<IReadOnlyList<EndedAttempt>> ExecuteAsync(int limit, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = limit });
        return await command.ReadAllAsync(EndedAttempt.Read, cancel);
    }
}
