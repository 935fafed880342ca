using System.Runtime.CompilerServices;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Judging;
using Npgsql;

namespace Fleetmark.Storage.Results;

/// <summary>Reads the raw launches of a run.</summary>
public sealed class LaunchQueries(NpgsqlDataSource database)
{
    private static readonly string Launches = SqlText.Read("Results/run-launches.sql");

    /// <summary>Every launch of the run, one at a time: samples of a whole run need not fit into memory.</summary>
    public async IAsyncEnumerable<StoredLaunch> OfRunAsync(RunId run, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(Launches);
        command.Parameters.Add(new() { Value = run.Value });
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) yield return Launch(reader);
    }

    private static StoredLaunch Launch(NpgsqlDataReader row) => new()
    {
        JobId = new JobId(row.GetInt64(0)),
        Attempt = row.GetInt32(1),
        Launch = row.GetInt16(2),
        Repetition = row.GetInt16(3),
        CellSha256 = row.GetString(4),
        Outcome = row.IsDBNull(5) ? null : (AttemptOutcome)row.GetInt16(5),
        DeviceUuid = row.GetString(6),
        Environment = row.GetString(7),
        AgentStartedAt = row.GetFieldValue<DateTimeOffset>(8),
        State = (MeasurementState)row.GetInt16(9),
        Flags = row.GetInt64(10),
        Notes = row.GetFieldValue<string[]>(11),
        ErrorCode = row.Nullable<string>(12),
        PrecisionEffective = row.Nullable<string>(13),
        Count = row.GetInt32(14),
        P50Us = row.Nullable<double?>(15),
        Result = row.GetString(16),
        Codec = row.Nullable<short?>(17),
        Samples = row.Nullable<byte[]>(19),
        RatePerS = row.Nullable<double?>(20),
    };
}
