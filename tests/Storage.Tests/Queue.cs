using System.Security.Cryptography;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Results;
using Fleetmark.Contracts.Runs;
using Fleetmark.Fixtures;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Results;
using Fleetmark.Storage.Runs;
using Fleetmark.Storage.Sessions;
using Npgsql;

namespace Fleetmark.Storage.Tests;

/// <summary>
/// A database with one agent of two devices (class <c>cpu-test</c>) and runs submitted the way a silo does it: the verbs under test do everything, only clocks
/// are turned by hand.
/// </summary>
internal sealed class Queue(NpgsqlDataSource source)
{
    internal const string Pool = "cpu-test";
    internal static readonly TimeSpan Ttl = TimeSpan.FromSeconds(60);
    private static readonly byte[] Credential = SHA256.HashData("credential"u8);
    private long _epoch;

    internal NpgsqlDataSource Source { get; } = source;

    internal Guid Process { get; private set; } = Guid.NewGuid();

    internal RegisteredAgent Agent { get; private set; } = null!;

    internal int Device(int index) => Agent.DeviceIds[$"device-{index}"];

    /// <summary>Enrols and registers the agent.</summary>
    internal async Task ConnectAsync(CancellationToken cancel)
    {
        await new EnrolStatement(Source).ExecuteAsync(Guid.NewGuid(), "box", Credential, cancel);
        await RegisterAsync([], cancel);
    }

    /// <summary>The agent's process is a new one.</summary>
    internal void Restart() => Process = Guid.NewGuid();

    /// <summary>The agent dials.</summary>
    internal async Task RegisterAsync(IReadOnlyList<AttemptKey> spooled, CancellationToken cancel, params AttemptKey[] held) =>
        Agent = (await new RegisterStatement(Source).ExecuteAsync(Hello(++_epoch) with { Spooled = spooled, Held = held }, cancel))!;

    /// <summary>What the agent says when it dials.</summary>
    internal Registration Hello(long epoch) => new()
    {
        CredentialSha256 = Credential,
        ProcessId = Process,
        SessionEpoch = epoch,
        Host = "box",
        Version = "1.0",
        Labels = ["rack=a"],
        Devices = [Offered("device-0", 0), Offered("device-1", 1)],
        Held = [],
        Spooled = [],
    };

    internal static RegisteredDevice Offered(string uuid, short ordinal) => new()
    {
        Uuid = uuid,
        Slug = Pool,
        Vendor = "cpu",
        DisplayName = "Test CPU",
        Ordinal = ordinal,
        Capabilities = ["runtime:ort131-cpu", "runtime:ort131-cpu/cpu/fp32", "provider:cpu"],
    };

    /// <summary>A submission of two models on <c>cpu-test</c> and on a class nobody offers, FP32 and (unsupported) FP16, batch 1.</summary>
    internal async Task<RunSubmission> SubmissionAsync(CancellationToken cancel, string key = "key", string devices = "cpu-test, t4", Effort effort = Effort.Standard, bool sentinels = false, string more = "")
    {
        string yaml = $$"""
            name: two
            models: [VGG11, AlexNet]
            latency: { devices: [{{devices}}], precisions: [fp32, fp16], batches: [1]{{more}} }
            tables: [model-page]
            """;
        BenchmarkPlan plan = PlanReader.Read(yaml, "two.yaml").Plan!;
        PlanArtifact[] artifacts = [Artifact("VGG11", 'b'), Artifact("AlexNet", 'a')];
        DeviceClass known = new() { Slug = Pool, Vendor = "cpu", DisplayName = "Test CPU", Capabilities = ["runtime:ort131-cpu", "runtime:ort131-cpu/cpu/fp32", "provider:cpu"], Offered = true, Devices = ["device-0"] };
        PlanArtifact[] watching = sentinels ? [Artifact("SqueezeNet1_1", 'c'), Artifact("VGG11", 'd')] : [];
        return new RunSubmission
        {
            RunId = await new RunQueries(Source).NextIdAsync(cancel),
            Request = new SubmitRequest
            {
                IdempotencyKey = key,
                PlanSource = yaml,
                PlanFile = "two.yaml",
                Artifacts = artifacts,
                Owner = "ann",
                Priority = 20,
                OrderSeed = 7,
                OfferedClassesOnly = true,
                Sentinels = watching,
            },
            Plan = plan,
            Expansion = PlanExpansion.Expand(plan, artifacts, [known], new ExpansionOptions { OrderSeed = 7, OfferedClassesOnly = true, Effort = effort, Sentinels = watching }),
            Effort = effort,
            ProtocolVersion = 1,
        };
    }

    /// <summary>A run with 2 cells of 5 jobs that can be measured.</summary>
    internal async Task<RunId> SubmitAsync(CancellationToken cancel, string key = "key", Effort effort = Effort.Standard) =>
        await new SubmitStatement(Source).ExecuteAsync(await SubmissionAsync(cancel, key, Pool, effort), cancel);

    /// <summary>A run with 2 cells of 5 jobs that can be measured, and 4 sentinels of 5 jobs on device 0.</summary>
    internal async Task<RunId> SubmitWatchedAsync(CancellationToken cancel) =>
        await new SubmitStatement(Source).ExecuteAsync(await SubmissionAsync(cancel, devices: Pool, sentinels: true), cancel);

    /// <summary>Measures waiting jobs, each with the median that is given for its cell, on device 0.</summary>
    /// <param name="medianUs">Median of a cell's launch; null leaves its jobs waiting.</param>
    /// <param name="cancel">Ends the waiting.</param>
    internal async Task MeasureAsync(Func<JobSpecification, double?> medianUs, CancellationToken cancel)
    {
        var jobs = new JobQueries(Source);
        IReadOnlyList<WaitingJob> waiting = await jobs.WaitingAsync(Pool, 1000, cancel);
        foreach (JobSpecification job in (await jobs.SpecificationsAsync([.. waiting.Select(w => w.JobId)], cancel)).Values.OrderBy(j => j.JobId.Value))
            if (medianUs(job) is { } median) await CompleteAsync(await LeaseAsync(job.JobId, 0, cancel), cancel, SampleLaunch.Valid(median));
    }

    /// <summary>Leases the next waiting job for a device.</summary>
    internal async Task<Lease> LeaseAsync(int device, CancellationToken cancel)
    {
        IReadOnlyList<WaitingJob> waiting = await new JobQueries(Source).WaitingAsync(Pool, 1, cancel);
        return Assert.Single(await new LeaseStatement(Source).ExecuteAsync([Wish(waiting[0].JobId, device)], Ttl, cancel));
    }

    /// <summary>Leases a certain job for a device.</summary>
    internal async Task<Lease> LeaseAsync(JobId job, int device, CancellationToken cancel) =>
        Assert.Single(await new LeaseStatement(Source).ExecuteAsync([Wish(job, device)], Ttl, cancel));

    internal LeaseWish Wish(JobId job, int device) => new(job, Device(device), Agent.Incarnation);

    /// <summary>Sends a result with a number.</summary>
    internal async Task<CompletionAnswer> CompleteAsync(Lease lease, CancellationToken cancel, params LaunchReport[] launches) =>
        Assert.Single(await new CompleteStatement(Source).ExecuteAsync([Result(lease, launches)], cancel)).Answer;

    internal static CompletionRequest Result(Lease lease, params LaunchReport[] launches) =>
        new(lease.Key, lease.DeviceId, launches.Length == 0 ? [SampleLaunch.Valid()] : launches);

    internal static FailRequest Failure(Lease lease, string code = FailureCode.WorkerCrash) => new()
    {
        Key = lease.Key,
        DeviceIds = [lease.DeviceId],
        Outcome = AttemptOutcome.Error,
        ErrorCode = code,
        RetryAfter = TimeSpan.Zero,
    };

    /// <summary>Brings the run's cells up to date, as its grain does before it closes the run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <param name="isComplete">False when each cell wants a further launch.</param>
    internal async Task ProjectAsync(RunId run, CancellationToken cancel, bool isComplete = true)
    {
        var projections = new CellProjections(Source);
        IReadOnlyList<UnprojectedCell> cells = await projections.OutdatedAsync(run, cancel);
        ILookup<int, AcceptedLaunch> launches = await projections.LaunchesAsync(run, [.. cells.Select(c => c.CellId)], cancel);
        await projections.WriteAsync(run, [.. cells.Where(c => launches[c.CellId].Any()).Select(c => Projection(c, [.. launches[c.CellId]], isComplete))], cancel);
    }

    private static CellProjection Projection(UnprojectedCell cell, AcceptedLaunch[] launches, bool isComplete) => new()
    {
        CellId = cell.CellId,
        Basis = cell.Basis,
        Complete = cell.Complete && isComplete,
        State = 0,
        Launches = (short)launches.Length,
        LaunchesStarted = (short)launches.Length,
        Attempts = (short)cell.Attempts,
        P50Us = launches[0].P50Us,
        LaunchP50Us = [.. launches.Select(l => l.P50Us!.Value)],
        DeviceId = launches[0].DeviceId,
        EnvId = launches[0].EnvId,
        PrecisionEffective = launches[0].PrecisionEffective,
        Arithmetic = launches[0].Arithmetic,
    };

    /// <summary>Lets all leases run out.</summary>
    internal async Task ExpireAsync(CancellationToken cancel)
    {
        await using NpgsqlCommand command = Source.CreateCommand("update job set lease_until = now() - interval '1 s' where state = 1");
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Lets all pauses run out.</summary>
    internal async Task EndPausesAsync(CancellationToken cancel)
    {
        await using NpgsqlCommand command = Source.CreateCommand("update job set not_before = now() where state = 0");
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static PlanArtifact Artifact(string name, char digit) => new()
    {
        Name = name,
        Sha256 = new string(digit, 64),
        SizeBytes = 1000,
        Opset = 17,
        Definition = $"model: {name}",
        Weights = "synthetic-v1",
        Crop = 224,
        ResizeShort = 256,
        Counts = new Dictionary<string, long> { ["macs"] = 1_234_567_890_123, ["trainable"] = 61_100_840 },
    };
}
