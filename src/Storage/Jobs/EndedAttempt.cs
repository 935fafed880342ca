using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Npgsql;

namespace Fleetmark.Storage.Jobs;

/// <summary>An attempt that ended without a result.</summary>
/// <param name="Key">Job and attempt.</param>
/// <param name="RunId">Run of the job.</param>
/// <param name="Pool">Slug of the device class whose pool the job waits in.</param>
public sealed record EndedAttempt(AttemptKey Key, RunId RunId, string Pool)
{
    internal static EndedAttempt Read(NpgsqlDataReader row) => new(new AttemptKey(new JobId(row.GetInt64(0)), row.GetInt32(1)), new RunId(row.GetInt64(2)), row.GetString(3));
}
