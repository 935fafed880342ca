using Fleetmark.Contracts.Runs;
using Fleetmark.Storage.Databases;
using Npgsql;

namespace Fleetmark.Storage.Runs;

/// <summary>
/// Settles, at the start of the embedded stack, runs whose command was killed: a run somebody waited for (priority 20) and whose <see cref="RunLock"/> is free
/// becomes interrupted. Its results stay; only <c>resume</c> reopens it.
/// </summary>
public sealed class LeftOverRuns(NpgsqlDataSource database)
{
    private static readonly string Sql = SqlText.Read("Runs/interrupt-left-over.sql");

    /// <summary>Interrupts them and returns their ids, oldest first. Repeating it changes nothing.</summary>
    public async Task<IReadOnlyList<RunId>> InterruptAsync(CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = AdvisoryLocks.Run(0) });
        IReadOnlyList<RunId> interrupted = await command.ReadAllAsync(r => new RunId(r.GetInt64(0)), cancel);
        return [.. interrupted.OrderBy(r => r.Value)];
    }
}
