using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Storage.Cells;
using Fleetmark.Storage.Models;
using Npgsql;

namespace Fleetmark.Storage.Runs;

/// <summary>Stores a run with everything it needs in one transaction: plan, models, device classes, cells, jobs. The same key again gives the same run.</summary>
public sealed class SubmitStatement(NpgsqlDataSource database)
{
    private static readonly string Known = SqlText.Read("Runs/known-run.sql");
    private static readonly string Plan = SqlText.Read("Plans/store-plan.sql");
    private static readonly string Models = SqlText.Read("Models/store-models.sql");
    private static readonly string Artifacts = SqlText.Read("Models/store-artifacts.sql");
    private static readonly string Classes = SqlText.Read("Fleet/store-classes.sql");
    private static readonly string Cells = SqlText.Read("Cells/store-cells.sql");
    private static readonly string Run = SqlText.Read("Runs/insert-run.sql");
    private static readonly string Jobs = SqlText.Read("Jobs/insert-jobs.sql");

    private static readonly JsonSerializerOptions Canonical = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new JsonStringEnumConverter() } };

    /// <summary>Stores the run, or finds the one this key made before.</summary>
    /// <returns>The run that stands for the key now.</returns>
    /// <exception cref="SubmitConflictException">The key belongs to another request.</exception>
    public async Task<RunId> ExecuteAsync(RunSubmission submission, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(submission);
        byte[] request = RequestSha256(submission.Request);
        await using NpgsqlConnection connection = await database.OpenConnectionAsync(cancel);
        if (await FindAsync(connection, submission.Request.IdempotencyKey, request, cancel) is { } known) return known;
        await using (NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancel))
        {
            long plan = await StoreWordsAsync(submission, connection, transaction, cancel);
            if (await InsertAsync(submission, request, plan, connection, transaction, cancel))
            {
                await transaction.CommitAsync(cancel);
                return submission.RunId;
            }

            await transaction.RollbackAsync(cancel);
        }

        // Somebody was faster; a new statement sees what they committed.
        return await FindAsync(connection, submission.Request.IdempotencyKey, request, cancel)
            ?? throw new InvalidOperationException($"run {submission.RunId} exists already under another key");
    }

    private static async Task<RunId?> FindAsync(NpgsqlConnection connection, string key, byte[] request, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Known, connection);
        command.Parameters.Add(new() { Value = key });
        IReadOnlyList<(long Run, byte[] Request)> rows = await command.ReadAllAsync(r => (r.GetInt64(0), r.GetFieldValue<byte[]>(1)), cancel);
        if (rows.Count == 0) return null;
        return rows[0].Request.AsSpan().SequenceEqual(request) ? new RunId(rows[0].Run) : throw new SubmitConflictException(key);
    }

    /// <summary>What outlives the run: plan, models, artifacts, device classes, cells. Gives the plan's row.</summary>
    private static async Task<long> StoreWordsAsync(RunSubmission submission, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancel)
    {
        SubmitRequest request = submission.Request;
        Expansion expansion = submission.Expansion;
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(SqlText.Command(
            Plan,
            new() { Value = submission.Plan.Name },
            new() { Value = SHA256.HashData(Encoding.UTF8.GetBytes(request.PlanSource)) },
            new() { Value = request.PlanSource },
            new() { Value = JsonSerializer.Serialize(submission.Plan, Canonical) },
            new() { Value = request.Owner }));
        PlanArtifact[] artifacts = [.. request.Artifacts, .. request.Sentinels];
        batch.BatchCommands.Add(SqlText.Command(Models, JsonColumn.Parameter(artifacts.Select(a => new { a.Name, Family = a.Name.TrimEnd([.. "0123456789._-"]) }))));
        batch.BatchCommands.Add(SqlText.Command(Artifacts, JsonColumn.Parameter(artifacts.Select(ArtifactRecord.Of))));
        batch.BatchCommands.Add(SqlText.Command(
            Classes,
            new() { Value = expansion.DeviceClasses.Select(c => c.Slug).ToArray() },
            new() { Value = expansion.DeviceClasses.Select(c => c.Vendor).ToArray() },
            new() { Value = expansion.DeviceClasses.Select(c => c.DisplayName).ToArray() }));
        batch.BatchCommands.Add(SqlText.Command(Cells, JsonColumn.Parameter(expansion.Cells.Select(CellRecord.Of))));
        return (long)(await batch.ExecuteScalarAsync(cancel))!;
    }

    private static async Task<bool> InsertAsync(
        RunSubmission submission, byte[] requestSha256, long plan, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(SqlText.Command(
            Run,
            new() { Value = submission.RunId.Value },
            new() { Value = Guid.CreateVersion7() },
            new() { Value = plan },
            new() { Value = submission.Request.IdempotencyKey },
            new() { Value = requestSha256 },
            new() { Value = (short)submission.Effort },
            new() { Value = submission.Request.Owner },
            new() { Value = (short)submission.Request.Priority },
            new() { Value = submission.Request.OrderSeed },
            new() { Value = submission.ProtocolVersion }));
        if (await batch.ExecuteScalarAsync(cancel) is null) return false;
        await using var jobs = new NpgsqlBatch(connection, transaction);
        short retries = (short)EffortSettings.For(submission.Effort, isCpu: true).Retries;
        jobs.BatchCommands.Add(SqlText.Command(
            Jobs, new() { Value = submission.RunId.Value }, JsonColumn.Parameter(submission.Expansion.Jobs.Select(JobRecord.Of)), new() { Value = retries }));
        await jobs.ExecuteNonQueryAsync(cancel);
        return true;
    }

    /// <summary>What makes two requests the same: everything but the key, the seed and the sentinels, which nobody asks for.</summary>
    private static byte[] RequestSha256(SubmitRequest request) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new { request.PlanSource, Artifacts = request.Artifacts.Select(a => a.Sha256), request.Effort, request.Owner, request.OfferedClassesOnly }, Canonical));

    private sealed record ArtifactRecord(string Name, string Sha256, int Opset, long SizeBytes, long? Params, long? Macs, IReadOnlyDictionary<string, long> Flops, ArtifactOrigin IoSpec)
    {
        public static ArtifactRecord Of(PlanArtifact a) => new(
            a.Name, a.Sha256, a.Opset, a.SizeBytes, Count(a, "trainable"), Count(a, "macs"), a.Counts,
            new ArtifactOrigin { Definition = a.Definition, Weights = a.Weights, Crop = a.Crop, ResizeShort = a.ResizeShort, FixedBatch = a.FixedBatch });

        private static long? Count(PlanArtifact artifact, string convention) => artifact.Counts.TryGetValue(convention, out long count) ? count : null;
    }

    private sealed record CellRecord(
        string CoordSha256, short Kind, string Model, string Artifact, string DeviceClass, short Precision, int Batch, int ResizeShort, int Crop, string Provider,
        string Flavour, short Scope, JsonObject Extra)
    {
        public static CellRecord Of(Cell c) => new(
            Convert.ToHexStringLower(c.CoordinateSha256()), (short)c.Kind, c.Model, c.ArtifactSha256, c.DeviceClass, (short)c.Precision, c.Batch, c.ResizeShort, c.Crop,
            c.Provider, c.Flavour, (short)c.Scope, CellExtra.Of(c));
    }

    private sealed record JobRecord(string CoordSha256, short Rep, int OrderKey, IReadOnlyList<string> Requires, string? Device, string? Code)
    {
        public static JobRecord Of(PlannedJob j) =>
            new(Convert.ToHexStringLower(j.Cell.CoordinateSha256()), j.Repetition, j.OrderKey, j.Requires, j.Cell.Sentinel?.Device, j.WithdrawnCode);
    }
}
