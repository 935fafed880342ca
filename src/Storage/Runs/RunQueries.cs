using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Efforts;
using Npgsql;

namespace Fleetmark.Storage.Runs;

/// <summary>Reads about runs.</summary>
public sealed class RunQueries(NpgsqlDataSource database)
{
    private static readonly string Status = SqlText.Read("Runs/run-status.sql");
    private static readonly string List = SqlText.Read("Runs/run-list.sql");
    private static readonly string Facts = SqlText.Read("Runs/run-facts.sql");
    private static readonly string ToClose = SqlText.Read("Runs/runs-to-close.sql");

    /// <summary>Takes the number of a run that is about to be submitted: it is the key of its grain.</summary>
    public async Task<RunId> NextIdAsync(CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand("select nextval('fleetmark.run_id_seq')");
        return new RunId((long)(await command.ExecuteScalarAsync(cancel))!);
    }

    /// <summary>How far a run is.</summary>
    /// <exception cref="ArgumentException">There is no such run.</exception>
    public async Task<RunStatus> StatusAsync(RunId run, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(Status);
        command.Parameters.Add(new() { Value = run.Value });
        IReadOnlyList<RunStatus> rows = await command.ReadAllAsync(
            r => new RunStatus { RunId = run, State = (RunState)r.GetInt16(0), Jobs = r.GetInt32(1), Ready = r.GetInt32(2), Leased = r.GetInt32(3), Counted = r.GetInt64(4) }, cancel);
        return rows.Count == 1 ? rows[0] : throw new ArgumentException($"there is no run {run}", nameof(run));
    }

    /// <summary>The newest runs.</summary>
    public async Task<IReadOnlyList<RunListing>> ListAsync(int limit, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(List);
        command.Parameters.Add(new() { Value = limit });
        return await command.ReadAllAsync(
            r => new RunListing(
                new RunId(r.GetInt64(0)), r.GetGuid(1), r.GetString(2), (RunState)r.GetInt16(3), (Effort)r.GetInt16(4), r.GetFieldValue<DateTimeOffset>(5),
                r.Nullable<DateTimeOffset?>(6), r.GetInt32(7), r.GetInt32(8)),
            cancel);
    }

    /// <summary>A run with its plan; null when there is none.</summary>
    public async Task<RunFacts?> FindAsync(RunId run, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(Facts);
        command.Parameters.Add(new() { Value = run.Value });
        IReadOnlyList<RunFacts> rows = await command.ReadAllAsync(
            r => new RunFacts(
                r.GetGuid(0), (RunState)r.GetInt16(1), (Effort)r.GetInt16(2), r.GetInt64(3), r.GetFieldValue<DateTimeOffset>(4), r.Nullable<DateTimeOffset?>(5),
                r.GetString(6), r.GetString(7), r.GetString(8), r.GetInt16(9)),
            cancel);
        return rows.SingleOrDefault();
    }

    /// <summary>Open runs that have no open job any more.</summary>
    public async Task<IReadOnlyList<RunId>> OpenWithoutOpenJobsAsync(CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(ToClose);
        return await command.ReadAllAsync(r => new RunId(r.GetInt64(0)), cancel);
    }
}
