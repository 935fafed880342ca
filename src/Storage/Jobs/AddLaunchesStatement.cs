using Fleetmark.Contracts.Runs;
using Npgsql;

namespace Fleetmark.Storage.Jobs;

/// <summary>Adds repetitions to cells of an open run: one statement, and the same again adds nothing.</summary>
public sealed class AddLaunchesStatement(NpgsqlDataSource database)
{
    private static readonly string Sql = SqlText.Read("Jobs/add-launches.sql");

    /// <summary>Adds those that are not there yet, unless the run is over, interrupted or being cancelled.</summary>
    /// <returns>Slugs of the pools that have something new.</returns>
    public async Task<IReadOnlyList<string>> ExecuteAsync(RunId run, IReadOnlyList<AddedLaunch> launches, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(launches);
        await using NpgsqlCommand command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = run.Value });
        command.Parameters.Add(new() { Value = launches.Select(l => l.CellId).ToArray() });
        command.Parameters.Add(new() { Value = launches.Select(l => l.Repetition).ToArray() });
        command.Parameters.Add(new() { Value = launches.Select(l => l.OrderKey).ToArray() });
        return await command.ReadAllAsync(r => r.GetString(0), cancel);
    }
}
