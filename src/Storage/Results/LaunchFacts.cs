using System.Text.Json;
using System.Text.Json.Serialization;
using Fleetmark.Contracts.Jobs;
using Npgsql;
using NpgsqlTypes;

namespace Fleetmark.Storage.Results;

/// <summary>
/// Adds to a batch what stores launches with their environments and series. Every attempt keeps its launches, also one that was rejected for noise: the table shows
/// how many there were.
/// </summary>
internal static class LaunchFacts
{
    private static readonly string Environments = SqlText.Read("Results/environments.sql");
    private static readonly string Launches = SqlText.Read("Results/launches.sql");
    private static readonly string SampleBlocks = SqlText.Read("Results/sample-blocks.sql");

    /// <summary>JSON as the statements read and write it.</summary>
    internal static readonly JsonSerializerOptions SnakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Stores the launches of those attempts that ended with <paramref name="outcome"/> and have none yet.</summary>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<LaunchFact> facts, AttemptOutcome outcome)
    {
        var launches = facts.SelectMany(f => f.Launches.Select(l => (f.Key, Report: l))).ToList();
        if (launches.Count == 0) return;
        batch.BatchCommands.Add(Command(Environments, Json(launches.Select(l => l.Report.Environment))));
        batch.BatchCommands.Add(Command(
            Launches, Json(launches.Select(l => new { JobId = l.Key.JobId.Value, l.Key.Attempt, Report = l.Report with { Series = [] } })), new() { Value = (short)outcome }));
        var series = launches.SelectMany(l => l.Report.Series.Select(s => (l.Key, l.Report.Launch, Series: s))).ToList();
        if (series.Count == 0) return;
        batch.BatchCommands.Add(Command(
            SampleBlocks,
            new() { Value = series.Select(s => s.Key.JobId.Value).ToArray() },
            new() { Value = series.Select(s => s.Key.Attempt).ToArray() },
            new() { Value = series.Select(s => s.Launch).ToArray() },
            new() { Value = series.Select(s => s.Series.Series).ToArray() },
            new() { Value = series.Select(s => s.Series.Codec).ToArray() },
            new() { Value = series.Select(s => s.Series.Count).ToArray() },
            new() { Value = series.Select(s => s.Series.Body).ToArray() }));
    }

    /// <summary>A value as the statements read it: snake case, bytes in base64.</summary>
    public static NpgsqlParameter Json<T>(T value) => new() { Value = JsonSerializer.Serialize(value, SnakeCase), NpgsqlDbType = NpgsqlDbType.Jsonb };

    /// <summary>A statement with its parameters in order.</summary>
    public static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (NpgsqlParameter parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }
}
