using System.Text.Json;
using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.SelfCheck;
using Fleetmark.Storage.Cells;
using Fleetmark.Storage.Models;
using Fleetmark.Storage.Runs;
using Npgsql;

namespace Fleetmark.Storage.Tables;

/// <summary>Reads a run as one record: everything its tables and plots need, from the rows alone.</summary>
public sealed class ResultQueries(NpgsqlDataSource database, RunQueries runs)
{
    private static readonly string Cells = SqlText.Read("Tables/run-cells.sql");
    private static readonly string Artifacts = SqlText.Read("Tables/run-artifacts.sql");
    private static readonly string Parity = SqlText.Read("Tables/run-parity.sql");
    private static readonly string Harness = SqlText.Read("Tables/run-harness.sql");
    private static readonly string Classes = SqlText.Read("Tables/run-classes.sql");

    /// <summary>The run as it stands; null when there is none.</summary>
    public async Task<RunResults?> FindAsync(RunId run, CancellationToken cancel)
    {
        if (await runs.FindAsync(run, cancel) is not { } facts) return null;
        BenchmarkPlan plan = PlanReader.Read(facts.PlanSource, $"plan of run {run}").Plan
            ?? throw new InvalidDataException($"the stored plan of run {run} is not readable by this version");
        bool isOpen = facts.State is RunState.Queued or RunState.Running;
        await using var batch = database.CreateBatch();
        foreach (string sql in (ReadOnlySpan<string>)[Cells, Artifacts, Classes, Parity, Harness])
            batch.BatchCommands.Add(SqlText.Command(sql, new NpgsqlParameter { Value = run.Value }));
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancel);
        IReadOnlyList<CellResult> cells = await reader.ReadAllAsync(row => Cell(row, isOpen), cancel);
        await reader.NextResultAsync(cancel);
        IReadOnlyList<PlanArtifact> artifacts = await reader.ReadAllAsync(Artifact, cancel);
        await reader.NextResultAsync(cancel);
        IReadOnlyList<(DeviceClassFacts Class, EnvironmentFacts? Environment)> classes = await reader.ReadAllAsync(Class, cancel);
        await reader.NextResultAsync(cancel);
        IReadOnlyList<ParityFacts?> parity = await reader.ReadAllAsync(
            row => ParityText.Facts(row.GetString(0), row.GetString(1), (Precision)row.GetInt16(2), row.GetString(3), row.GetString(4), row.GetString(5)), cancel);
        await reader.NextResultAsync(cancel);
        IReadOnlyList<HarnessFacts> harness = await reader.ReadAllAsync(
            row => new HarnessFacts(row.GetString(0), row.GetString(1), row.Nullable<string>(2) is { } check ? SelfCheckReport.FromJson(check) : null), cancel);
        var order = new PlanOrder(plan);
        return new RunResults
        {
            RunId = run,
            RunUid = facts.RunUid,
            State = facts.State,
            Plan = plan,
            PlanSha256 = facts.PlanSha256,
            Effort = facts.Effort,
            OrderSeed = facts.OrderSeed,
            SubmittedAt = facts.SubmittedAt,
            EndedAt = facts.EndedAt,
            Models = [.. artifacts.OrderBy(a => order.Model(a.Name))],
            DeviceClasses = [.. Merged(classes).OrderBy(c => order.Device(c.Slug)).ThenBy(c => c.Slug, StringComparer.Ordinal)],
            Cells = [.. cells.OrderBy(c => order.Of(c.Cell)).ThenBy(c => c.Cell.DeviceClass, StringComparer.Ordinal)],
            Harness = harness,
            Parity = [.. parity.OfType<ParityFacts>().OrderBy(p => order.Model(p.Model))],
        };
    }

    /// <summary>One record per class, its environments in the order of first use.</summary>
    private static IEnumerable<DeviceClassFacts> Merged(IReadOnlyList<(DeviceClassFacts Class, EnvironmentFacts? Environment)> rows) => rows
        .GroupBy(r => r.Class.Slug)
        .Select(g => g.First().Class with { Environments = [.. g.Select(r => r.Environment).OfType<EnvironmentFacts>()] });

    private static CellResult Cell(NpgsqlDataReader row, bool isOpen)
    {
        var queue = new CellQueue(row.GetInt32(12), row.GetInt32(13), row.GetInt32(14), row.GetInt32(15), row.Nullable<string>(17));
        double? median = row.Nullable<double?>(21);
        var state = queue.State(row.Nullable<short?>(19), row.GetBoolean(18) || !isOpen, median is not null);
        bool isOver = (int)state <= (int)Contracts.Jobs.CellState.Unsupported;
        return new CellResult
        {
            Cell = CellReading.Read(row, 0),
            State = state,
            Code = median is null || state == Contracts.Jobs.CellState.Failed ? row.Nullable<string>(20) ?? queue.Code : null,
            Attempts = row.GetInt32(16),
            P50Us = isOver ? median : null,
            CiLowUs = isOver ? row.Nullable<double?>(22) : null,
            CiHighUs = isOver ? row.Nullable<double?>(23) : null,
            MinUs = isOver ? row.Nullable<double?>(24) : null,
            P90Us = isOver ? row.Nullable<double?>(25) : null,
            P95Us = isOver ? row.Nullable<double?>(26) : null,
            P99Us = isOver ? row.Nullable<double?>(27) : null,
            MeanUs = isOver ? row.Nullable<double?>(28) : null,
            RatePerS = isOver ? row.Nullable<double?>(38) : null,
            RateLowPerS = isOver ? row.Nullable<double?>(39) : null,
            RateHighPerS = isOver ? row.Nullable<double?>(40) : null,
            LaunchRatePerS = row.Nullable<double[]>(41) ?? [],
            LaunchP50Us = row.Nullable<double[]>(29) ?? [],
            Count = row.Nullable<int?>(30) ?? 0,
            Launches = row.Nullable<short?>(31) ?? 0,
            LaunchesStarted = row.Nullable<short?>(32) ?? 0,
            Flags = row.Nullable<long?>(33) ?? 0,
            Notes = row.Nullable<string[]>(34) ?? [],
            PrecisionEffective = row.Nullable<string>(35),
            EnergyUjPerItem = isOver ? row.Nullable<double?>(36) : null,
            EnergyNetUjPerItem = isOver ? row.Nullable<double?>(37) : null,
        };
    }

    private static PlanArtifact Artifact(NpgsqlDataReader row)
    {
        ArtifactOrigin origin = JsonSerializer.Deserialize<ArtifactOrigin>(row.GetString(5), JsonColumn.Format)!;
        return new PlanArtifact
        {
            Name = row.GetString(0),
            Sha256 = row.GetString(1),
            SizeBytes = row.GetInt64(2),
            Opset = row.Nullable<int?>(3) ?? 0,
            Definition = origin.Definition,
            Weights = origin.Weights,
            Crop = origin.Crop,
            ResizeShort = origin.ResizeShort,
            FixedBatch = origin.FixedBatch,
            Counts = JsonSerializer.Deserialize<Dictionary<string, long>>(row.GetString(4))!,
        };
    }

    private static (DeviceClassFacts Class, EnvironmentFacts? Environment) Class(NpgsqlDataReader row)
    {
        var facts = new DeviceClassFacts
        {
            Slug = row.GetString(0),
            DisplayName = row.GetString(1),
            Devices = row.GetInt32(2),
            Simulated = row.GetBoolean(3),
            Environments = [],
        };
        return row.IsDBNull(4) ? (facts, null) : (facts, new EnvironmentFacts
        {
            Runtime = row.GetString(4),
            RuntimeVersion = row.GetString(5),
            Flavour = row.GetString(6),
            Driver = row.Nullable<string>(7),
            Cuda = row.Nullable<string>(8),
            Facts = EnvironmentText.Facts(row.GetString(9)),
        });
    }
}
