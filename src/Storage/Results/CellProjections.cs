using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;
using Npgsql;

namespace Fleetmark.Storage.Results;

/// <summary>Reads the facts behind a run's cells and writes what was computed from them.</summary>
public sealed class CellProjections(NpgsqlDataSource database)
{
    private static readonly string ToProject = SqlText.Read("Results/cells-to-project.sql");
    private static readonly string Launches = SqlText.Read("Results/cell-launches.sql");
    private static readonly string Project = SqlText.Read("Results/project-cells.sql");

    /// <summary>Cells whose projection is older than their facts.</summary>
    public async Task<IReadOnlyList<UnprojectedCell>> OutdatedAsync(RunId run, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(ToProject);
        command.Parameters.Add(new() { Value = run.Value });
        return await command.ReadAllAsync(
            r => new UnprojectedCell(r.GetInt32(0), r.GetInt32(1), r.GetInt32(2), r.GetBoolean(3), r.GetInt32(4), r.Nullable<string>(5), r.GetInt32(6), r.GetBoolean(7), (CellKind)r.GetInt16(8)), cancel);
    }

    /// <summary>The accepted launches of the cells, in the order of repetitions.</summary>
    public async Task<ILookup<int, AcceptedLaunch>> LaunchesAsync(RunId run, IReadOnlyList<int> cells, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(cells);
        await using NpgsqlCommand command = database.CreateCommand(Launches);
        command.Parameters.Add(new() { Value = run.Value });
        command.Parameters.Add(new() { Value = cells.ToArray() });
        return (await command.ReadAllAsync(Launch, cancel)).ToLookup(l => l.CellId);
    }

    /// <summary>Writes projections, unless newer ones are there.</summary>
    public async Task WriteAsync(RunId run, IReadOnlyList<CellProjection> cells, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(Project);
        command.Parameters.Add(new() { Value = run.Value });
        command.Parameters.Add(JsonColumn.Parameter(cells));
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static AcceptedLaunch Launch(NpgsqlDataReader row) => new()
    {
        CellId = row.GetInt32(0),
        State = (MeasurementState)row.GetInt16(1),
        Flags = row.GetInt64(2),
        Notes = row.GetFieldValue<string[]>(3),
        P50Us = row.Nullable<double?>(4),
        HalfWidthRel = row.Nullable<double?>(5),
        Count = row.GetInt32(6),
        CallsPerSample = row.GetInt32(7),
        DeviceId = row.GetInt32(8),
        EnvId = row.GetInt32(9),
        PrecisionEffective = row.Nullable<string>(10),
        Arithmetic = row.IsDBNull(11) ? null : (Precision)row.GetInt16(11),
        FinishedAt = row.GetFieldValue<DateTimeOffset>(12),
        Samples = row.Nullable<byte[]>(13),
        Output = LaunchOutput.Read(row.Nullable<string>(14)),
        SmClockP50Mhz = row.Nullable<float?>(15),
        EnergyUjPerItem = row.Nullable<double?>(16),
        EnergyNetUjPerItem = row.Nullable<double?>(17),
        RatePerS = row.Nullable<double?>(18),
    };
}
