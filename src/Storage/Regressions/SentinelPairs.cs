using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Comparison;
using Npgsql;

namespace Fleetmark.Storage.Regressions;

/// <summary>Reads and writes A/A pairs, and answers with the noise floor they make.</summary>
public sealed class SentinelPairs(NpgsqlDataSource database)
{
    private static readonly string Measured = SqlText.Read("Regressions/measured-sentinels.sql");
    private static readonly string Store = SqlText.Read("Regressions/store-sentinel-pairs.sql");
    private static readonly string Recent = SqlText.Read("Regressions/recent-pairs.sql");

    /// <summary>The sentinels of a run of which both sides are over and that are not stored as they stand.</summary>
    public async Task<IReadOnlyList<MeasuredSentinel>> MeasuredAsync(RunId run, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(Measured);
        command.Parameters.Add(new() { Value = run.Value });
        return await command.ReadAllAsync(
            r => new MeasuredSentinel(r.GetInt32(0), r.GetString(1), r.GetFieldValue<double[]>(2), r.GetFieldValue<double[]>(3), r.GetFieldValue<DateTimeOffset>(4)), cancel);
    }

    /// <summary>Stores pairs of a run; a newer one of the same sentinel stays.</summary>
    public async Task StoreAsync(RunId run, IReadOnlyList<ComparedSentinel> pairs, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count == 0) return;
        await using NpgsqlCommand command = database.CreateCommand(Store);
        command.Parameters.Add(new() { Value = run.Value });
        command.Parameters.Add(new() { Value = pairs.Select(p => p.Measured.DeviceId).ToArray() });
        command.Parameters.Add(new() { Value = pairs.Select(p => p.Measured.Sentinel).ToArray() });
        command.Parameters.Add(new() { Value = pairs.Select(p => p.Pair.LogRatio).ToArray() });
        command.Parameters.Add(new() { Value = pairs.Select(p => p.Pair.P!.Value).ToArray() });
        command.Parameters.Add(new() { Value = pairs.Select(p => p.Measured.FinishedAt).ToArray() });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>How far apart equal things measured on a device lately.</summary>
    public async Task<NoiseFloor> NoiseFloorAsync(int deviceId, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(Recent);
        command.Parameters.Add(new() { Value = deviceId });
        command.Parameters.Add(new() { Value = NoiseFloor.Newest });
        IReadOnlyList<(bool IsOwn, SentinelPair Pair)> pairs =
            await command.ReadAllAsync(r => (r.GetBoolean(0), new SentinelPair(r.GetDouble(1), r.GetDouble(2))), cancel);
        return NoiseFloor.Of([.. pairs.Where(p => p.IsOwn).Select(p => p.Pair)], [.. pairs.Where(p => !p.IsOwn).Select(p => p.Pair)]);
    }
}
