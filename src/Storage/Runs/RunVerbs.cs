using Fleetmark.Contracts.Runs;
using Npgsql;

namespace Fleetmark.Storage.Runs;

/// <summary>The changes of a run's state. Each is one transaction, and repeating it is harmless.</summary>
public sealed class RunVerbs(NpgsqlDataSource database)
{
    private static readonly string Start = SqlText.Read("Runs/start.sql");
    private static readonly string Interrupt = SqlText.Read("Runs/interrupt.sql");
    private static readonly string Resume = SqlText.Read("Runs/resume.sql");
    private static readonly string WithdrawUnoffered = SqlText.Read("Runs/withdraw-unoffered.sql");
    private static readonly string WithdrawLostSentinels = SqlText.Read("Runs/withdraw-lost-sentinels.sql");
    private static readonly string Lock = SqlText.Read("Runs/lock-run.sql");
    private static readonly string Close = SqlText.Read("Runs/close.sql");

    /// <summary>A queued run with a leased job is running.</summary>
    public Task StartAsync(RunId run, CancellationToken cancel) => ExecuteAsync(Start, run, cancel);

    /// <summary>An open run hands out no more jobs; <see cref="ResumeAsync"/> reopens it.</summary>
    public Task<int> InterruptAsync(RunId run, CancellationToken cancel) => ExecuteAsync(Interrupt, run, cancel);

    /// <summary>Reopens an interrupted, partial or failed run.</summary>
    /// <returns>Slugs of the pools that have jobs of it; empty when it was not to be reopened.</returns>
    public async Task<IReadOnlyList<string>> ResumeAsync(RunId run, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(Resume);
        command.Parameters.Add(new() { Value = run.Value });
        return await command.ReadAllAsync(r => r.GetString(0), cancel);
    }

    /// <summary>Withdraws the waiting jobs of a local run whose device class nobody offers.</summary>
    public Task<int> WithdrawUnofferedAsync(RunId run, CancellationToken cancel) => ExecuteAsync(WithdrawUnoffered, run, cancel);

    /// <summary>Withdraws the A/A sentinels that alone hold up a run because their device is gone.</summary>
    public Task<int> WithdrawLostSentinelsAsync(RunId run, CancellationToken cancel) => ExecuteAsync(WithdrawLostSentinels, run, cancel);

    /// <summary>Closes a run without open jobs.</summary>
    /// <returns>Its state; null when a job is open, a cell does not know its last result or wants a further launch, or it is closed already.</returns>
    public async Task<RunState?> CloseAsync(RunId run, CancellationToken cancel)
    {
        await using NpgsqlConnection connection = await database.OpenConnectionAsync(cancel);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(SqlText.Command(Lock, new NpgsqlParameter { Value = run.Value }));
        batch.BatchCommands.Add(SqlText.Command(Close, new NpgsqlParameter { Value = run.Value }));
        RunState? state = null;
        await using (NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancel))
        {
            await reader.NextResultAsync(cancel);
            if (await reader.ReadAsync(cancel)) state = (RunState)reader.GetInt16(0);
        }

        await transaction.CommitAsync(cancel);
        return state;
    }

    private async Task<int> ExecuteAsync(string sql, RunId run, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = run.Value });
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
