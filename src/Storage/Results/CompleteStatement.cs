using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Npgsql;
using NpgsqlTypes;

namespace Fleetmark.Storage.Results;

/// <summary>Accepts results: one transaction, one round trip, each result counted once or answered why not.</summary>
public sealed class CompleteStatement(NpgsqlDataSource database)
{
    private static readonly string Lock = SqlText.Read("Results/lock-jobs.sql");
    private static readonly string Fence = SqlText.Read("Results/complete.sql");
    private static readonly string Measurements = SqlText.Read("Results/measurements.sql");
    private static readonly string Inspections = SqlText.Read("Results/inspections.sql");
    private static readonly string Answers = SqlText.Read("Results/answers.sql");

    /// <summary>Stores the results. (job, attempt) occurs once in a call.</summary>
    public async Task<IReadOnlyList<Completion>> ExecuteAsync(IReadOnlyList<CompletionRequest> results, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (results.Count == 0) return [];
        CompletionRequest[] ordered = [.. results.OrderBy(r => r.Key.JobId.Value)];
        await using NpgsqlConnection connection = await database.OpenConnectionAsync(cancel);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(SqlText.Command(Lock, Jobs(ordered)));
        batch.BatchCommands.Add(SqlText.Command(Fence, Jobs(ordered), Attempts(ordered), Devices(ordered)));
        LaunchFacts.AddTo(batch, [.. ordered.Select(r => new LaunchFact(r.Key, r.Launches))], AttemptOutcome.Ok);
        batch.BatchCommands.Add(SqlText.Command(Measurements, Jobs(ordered), Attempts(ordered)));
        CompletionRequest[] inspected = [.. ordered.Where(r => r.Inspection is not null)];
        if (inspected.Length > 0) batch.BatchCommands.Add(SqlText.Command(Inspections, Jobs(inspected), Attempts(inspected), Graphs(inspected), Details(inspected)));
        batch.BatchCommands.Add(SqlText.Command(Answers, Jobs(ordered), Attempts(ordered), Devices(ordered)));
        IReadOnlyList<Completion> completions = await ReadAsync(batch, cancel);
        await transaction.CommitAsync(cancel);
        return completions;
    }

    /// <summary>The answers in the order of the statements: locked jobs, accepted ones, counted ones. The statements between give no rows.</summary>
    private static async Task<IReadOnlyList<Completion>> ReadAsync(NpgsqlBatch batch, CancellationToken cancel)
    {
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        var accepted = (await reader.ReadAllAsync(r => (Key: new AttemptKey(new JobId(r.GetInt64(0)), r.GetInt32(1)), Run: new RunId(r.GetInt64(2))), cancel)).ToDictionary(r => r.Key, r => r.Run);
        await reader.NextResultAsync(cancel);
        return await reader.ReadAllAsync(
            r =>
            {
                var key = new AttemptKey(new JobId(r.GetInt64(0)), r.GetInt32(1));
                bool counts = r.GetBoolean(2);
                return accepted.TryGetValue(key, out RunId run)
                    ? new Completion(key, run, CompletionAnswer.Accepted)
                    : new Completion(key, null, counts ? CompletionAnswer.Already : CompletionAnswer.Fenced);
            },
            cancel);
    }

    private static NpgsqlParameter Jobs(CompletionRequest[] results) => new() { Value = results.Select(r => r.Key.JobId.Value).ToArray() };

    private static NpgsqlParameter Attempts(CompletionRequest[] results) => new() { Value = results.Select(r => r.Key.Attempt).ToArray() };

    private static NpgsqlParameter Graphs(CompletionRequest[] results) => new() { Value = results.Select(r => r.Inspection!.GraphSha256).ToArray() };

    private static NpgsqlParameter Details(CompletionRequest[] results) =>
        new() { Value = results.Select(r => r.Inspection!.Detail.GetRawText()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb };

    private static NpgsqlParameter Devices(CompletionRequest[] results) => new() { Value = results.Select(r => r.DeviceId).ToArray() };
}
