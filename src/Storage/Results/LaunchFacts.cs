using Fleetmark.Contracts.Jobs;
using Npgsql;

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

    /// <summary>Stores the launches of those attempts that ended with <paramref name="outcome"/> and have none yet.</summary>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<LaunchFact> facts, AttemptOutcome outcome)
    {
        var launches = facts.SelectMany(f => f.Launches.Select(l => (f.Key, Report: l))).ToList();
        if (launches.Count == 0) return;
        batch.BatchCommands.Add(SqlText.Command(Environments, JsonColumn.Parameter(launches.Select(l => l.Report.Environment))));
        batch.BatchCommands.Add(SqlText.Command(
            Launches, JsonColumn.Parameter(launches.Select(l => new { JobId = l.Key.JobId.Value, l.Key.Attempt, Report = l.Report with { Series = [] } })), new() { Value = (short)outcome }));
        var series = launches.SelectMany(l => l.Report.Series.Select(s => (l.Key, l.Report.Launch, Series: s))).ToList();
        if (series.Count == 0) return;
        batch.BatchCommands.Add(SqlText.Command(
            SampleBlocks,
            new() { Value = series.Select(s => s.Key.JobId.Value).ToArray() },
            new() { Value = series.Select(s => s.Key.Attempt).ToArray() },
            new() { Value = series.Select(s => s.Launch).ToArray() },
            new() { Value = series.Select(s => s.Series.Series).ToArray() },
            new() { Value = series.Select(s => s.Series.Codec).ToArray() },
            new() { Value = series.Select(s => s.Series.Count).ToArray() },
            new() { Value = series.Select(s => s.Series.Body).ToArray() }));
    }
}
