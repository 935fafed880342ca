using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;
using Fleetmark.Documents;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Cli.Tests.Runs;

/// <summary>Makes runs without a database.</summary>
internal static class SampleRun
{
    /// <summary>A run of the cells; its models are theirs, in the order of their names.</summary>
    internal static RunResults Of(params CellResult[] cells)
    {
        string[] models = [.. cells.Select(c => c.Cell.Model).Distinct()];
        return new RunResults
        {
            RunId = new RunId(7),
            RunUid = new Guid("0197b2a0-0000-7000-8000-000000000001"),
            State = RunState.Running,
            Plan = new BenchmarkPlan
            {
                Name = "sample",
                Title = new Dictionary<string, string> { ["en"] = "sample" },
                Models = [.. models.Select(m => new PlanModel { Name = m, At = new Location("sample.yaml", 2, 1) })],
                Latency = new LatencySection { Devices = ["cpu"], Precisions = [Precision.Fp32], Batches = [1] },
                Tables = ["wide"],
            },
            PlanSha256 = new string('b', 64),
            Effort = Effort.Quick,
            OrderSeed = 1,
            SubmittedAt = new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero),
            Models = [.. models.Select(m => new PlanArtifact
            {
                Name = m,
                Sha256 = new string('a', 64),
                SizeBytes = 1,
                Opset = 17,
                Crop = 224,
                ResizeShort = 256,
                Counts = new Dictionary<string, long>(),
            })],
            DeviceClasses = [],
            Cells = cells,
        };
    }

    /// <summary>A cell in a state.</summary>
    internal static CellResult Cell(string model, int batch, CellState state, string device = "cpu-x", Precision precision = Precision.Fp32, string flavour = "ort131-cpu") => new()
    {
        State = state,
        Cell = new Cell
        {
            Kind = CellKind.Latency,
            Model = model,
            ArtifactSha256 = new string('a', 64),
            DeviceClass = device,
            Precision = precision,
            Batch = batch,
            Crop = 224,
            ResizeShort = 256,
            Provider = "cpu",
            Flavour = flavour,
            Scope = Scope.EndToEnd,
        },
    };

    /// <summary>How far the run is.</summary>
    internal static RunStatus Status(RunState state, int ready, int leased, int jobs = 4) =>
        new() { RunId = new RunId(7), State = state, Jobs = jobs, Ready = ready, Leased = leased };
}
