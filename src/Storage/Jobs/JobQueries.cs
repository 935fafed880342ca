using System.Text.Json;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Storage.Cells;
using Fleetmark.Storage.Models;
using Npgsql;

namespace Fleetmark.Storage.Jobs;

/// <summary>Reads about jobs.</summary>
public sealed class JobQueries(NpgsqlDataSource database)
{
    private static readonly string Waiting = SqlText.Read("Jobs/waiting-jobs.sql");
    private static readonly string Specifications = SqlText.Read("Jobs/job-specifications.sql");
    private static readonly string Noise = SqlText.Read("Jobs/noise-retries.sql");
    private static readonly string Spending = SqlText.Read("Jobs/quick-spending.sql");
    private static readonly string Order = SqlText.Read("Jobs/cell-order.sql");

    /// <summary>The jobs a pool may hand out next, in that order.</summary>
    public async Task<IReadOnlyList<WaitingJob>> WaitingAsync(string pool, int limit, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(Waiting);
        command.Parameters.Add(new() { Value = pool });
        command.Parameters.Add(new() { Value = limit });
        return await command.ReadAllAsync(
            r => new WaitingJob(
                new JobId(r.GetInt64(0)), new RunId(r.GetInt64(1)), r.GetFieldValue<string[]>(2), r.Nullable<int?>(3), r.Nullable<int?>(4), r.GetFieldValue<int[]>(5)),
            cancel);
    }

    /// <summary>What the jobs are, by number.</summary>
    public async Task<IReadOnlyDictionary<long, JobSpecification>> SpecificationsAsync(IReadOnlyList<JobId> jobs, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        await using NpgsqlCommand command = database.CreateCommand(Specifications);
        command.Parameters.Add(new() { Value = jobs.Select(j => j.Value).ToArray() });
        return (await command.ReadAllAsync(Specification, cancel)).ToDictionary(j => j.JobId.Value);
    }

    /// <summary>How often a job may still be measured again because conditions were bad.</summary>
    public async Task<NoiseRetries> NoiseRetriesAsync(JobId job, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(Noise);
        command.Parameters.Add(new() { Value = job.Value });
        return (await command.ReadAllAsync(r => new NoiseRetries(r.GetInt16(0), r.GetInt16(1)), cancel)).SingleOrDefault() ?? new NoiseRetries(0, 0);
    }

    /// <summary>What the cells of a run of effort quick spent, for those with launches left; empty for another effort.</summary>
    public async Task<IReadOnlyList<CellSpending>> QuickSpendingAsync(RunId run, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(Spending);
        command.Parameters.Add(new() { Value = run.Value });
        return await command.ReadAllAsync(
            r => new CellSpending(
                [.. r.GetFieldValue<long[]>(0).Select(j => new JobId(j))], [.. r.GetFieldValue<double[]>(1).Select(s => TimeSpan.FromSeconds(s))]),
            cancel);
    }

    /// <summary>The cells of a run in the order of their first launches; the same for ever.</summary>
    public async Task<IReadOnlyList<int>> CellOrderAsync(RunId run, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(Order);
        command.Parameters.Add(new() { Value = run.Value });
        return await command.ReadAllAsync(r => r.GetInt32(0), cancel);
    }

    private static JobSpecification Specification(NpgsqlDataReader row)
    {
        ArtifactOrigin origin = JsonSerializer.Deserialize<ArtifactOrigin>(row.GetString(17), JsonColumn.Format)!;
        return new JobSpecification(
            new JobId(row.GetInt64(0)), new RunId(row.GetInt64(1)), CellReading.Read(row, 5), row.GetInt16(2), (Effort)row.GetInt16(3), row.GetInt64(4), row.GetBoolean(18), origin.Definition, origin.Weights);
    }
}
