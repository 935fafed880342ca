using Fleetmark.Contracts.Runs;
using Npgsql;

namespace Fleetmark.Storage.Results;

/// <summary>Reads what was said of attempts that failed.</summary>
public sealed class FailureQueries(NpgsqlDataSource database)
{
    private static readonly string FailedCells = SqlText.Read("Results/failed-cells.sql");

    /// <summary>What agents and workers said of the newest failure, one line for people, by the SHA-256 of the cell's coordinate (hexadecimal). Cells nothing was said of are left out.</summary>
    public async Task<IReadOnlyDictionary<string, string>> TextsAsync(RunId run, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(FailedCells);
        command.Parameters.Add(new() { Value = run.Value });
        IReadOnlyList<(string Cell, string Text)> rows = await command.ReadAllAsync(row => (row.GetString(0), row.GetString(1)), cancel);
        return rows.ToDictionary(row => row.Cell, row => row.Text, StringComparer.Ordinal);
    }
}
