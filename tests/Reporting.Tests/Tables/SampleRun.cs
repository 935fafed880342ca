using System.Globalization;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;
using Fleetmark.Documents;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Reporting.Tests.Tables;

/// <summary>Makes runs without a database.</summary>
internal static class SampleRun
{
    private static readonly (string Name, int Crop, long Flops, long Parameters)[] Zoo =
    [
        ("AlexNet", 224, 1_370_153_216, 61_090_496),
        ("SqueezeNet1_0", 224, 1_555_639_240, 1_244_448),
        ("SqueezeNet1_1", 224, 699_942_696, 1_231_552),
        ("VGG11", 224, 15_094_772_224, 132_851_392),
        ("VGG13", 224, 22_488_707_584, 133_035_712),
        ("VGG16", 224, 30_810_999_296, 138_344_128),
        ("VGG19", 224, 39_133_291_008, 143_652_544),
        ("DarkNet53", 256, 18_581_660_672, 41_608_928),
    ];

    internal static IReadOnlyList<string> ModelNames { get; } = [.. Zoo.Select(m => m.Name)];

    /// <summary>The published latencies as if they were ours: T4 with both precisions, V100 with FP32; every cell valid.</summary>
    internal static RunResults Complete() => Of([V100(), T4()], [.. Published("v100-sxm2-16gb", PublishedTable.V100), .. Published("t4", PublishedTable.T4)]);

    /// <summary>Like <see cref="Complete"/>, the first device named as the published page names it.</summary>
    internal static RunResults PublishedPage() => Of(
        [V100() with { Slug = "v100" }, T4()],
        [.. Published("v100", PublishedTable.V100), .. Published("t4", PublishedTable.T4)]);

    /// <summary>FP32 on a CPU class, made-up times in proportion to FLOPs.</summary>
    internal static RunResults Cpu(int models = 8) => Of(
        [CpuClass()],
        [.. Zoo.Take(models).SelectMany(m => (int[])[1, 4, 8], (m, b) => Measured(CellOf(m.Name, "cpu-amd-epyc-2c", Precision.Fp32, b), m.Flops / 40_000.0 * b))]) with
    {
        Models = [.. Zoo.Take(models).Select(m => Artifact(m.Name))],
    };

    /// <summary>A run that is still open and has a cell in each state, notes and a place outside the plan.</summary>
    internal static RunResults EveryState()
    {
        RunResults complete = Complete();
        var cells = complete.Cells.ToDictionary(c => (c.Cell.Model, c.Cell.DeviceClass, c.Cell.Precision, c.Cell.Batch));

        void Change(string model, Precision precision, int batch, Func<CellResult, CellResult> change) =>
            cells[(model, "t4", precision, batch)] = change(cells[(model, "t4", precision, batch)]);

        Change("AlexNet", Precision.Fp16, 1, c => c with { State = CellState.Unstable });
        Change("AlexNet", Precision.Fp16, 4, c => c with { State = CellState.Throttled, Notes = ["power-limited (sustained 1095 MHz)"] });
        Change("AlexNet", Precision.Fp16, 8, c => c with { State = CellState.Contended });
        Change("SqueezeNet1_0", Precision.Fp16, 1, c => c with { CiLowUs = null, CiHighUs = null, Launches = 1, Notes = ["few-launches", "warm-up-untested"] });
        Change("SqueezeNet1_0", Precision.Fp16, 4, c => c with { PrecisionEffective = "fp16-mixed(41/57)" });
        Change("SqueezeNet1_0", Precision.Fp16, 8, c => c with { State = CellState.Stale });
        string[] failures = [FailureCode.OutOfMemory, FailureCode.WorkerTimeout, FailureCode.WorkerCrash, FailureCode.DriverFault, FailureCode.WrongOutput, FailureCode.ModelInvalid];
        for (int i = 0; i < failures.Length; i++)
        {
            string code = failures[i];
            Change(i < 3 ? "VGG11" : "VGG13", Precision.Fp16, ((int[])[1, 4, 8])[i % 3], c => Empty(c, CellState.Failed, code));
        }

        Change("VGG16", Precision.Fp16, 1, c => Empty(c, CellState.Queued));
        Change("VGG16", Precision.Fp16, 4, c => Empty(c, CellState.Running));
        Change("VGG16", Precision.Fp16, 8, c => Empty(c, CellState.Retrying) with { Attempts = 1 });
        Change("VGG19", Precision.Fp16, 1, c => Empty(c, CellState.Unsupported, FailureCode.UnsupportedFp16));
        Change("VGG19", Precision.Fp16, 4, c => Empty(c, CellState.Missing, FailureCode.Cancelled));
        Change("VGG19", Precision.Fp16, 8, c => Empty(c, CellState.Missing, FailureCode.NoDeviceClass));
        Change("DarkNet53", Precision.Fp16, 1, c => c with { P99Us = null, Attempts = 4 });
        cells.Remove(("DarkNet53", "t4", Precision.Fp16, 8));
        foreach (CellResult cell in complete.Cells.Where(c => c.Cell.DeviceClass != "t4"))
            cells[(cell.Cell.Model, cell.Cell.DeviceClass, cell.Cell.Precision, cell.Cell.Batch)] = Empty(cell, CellState.Missing, FailureCode.NoDeviceClass);
        return complete with
        {
            State = RunState.Running,
            EndedAt = null,
            DeviceClasses = [V100() with { Devices = 0, Environments = [], DisplayName = "v100-sxm2-16gb" }, T4() with { Simulated = true }],
            Models = [.. complete.Models.Select(m => m.Name == "DarkNet53" ? m with { Counts = new Dictionary<string, long>() } : m)],
            Cells = [.. complete.Cells.Select(c => cells.GetValueOrDefault((c.Cell.Model, c.Cell.DeviceClass, c.Cell.Precision, c.Cell.Batch))).OfType<CellResult>()],
        };
    }

    internal static DeviceClassFacts T4() => new()
    {
        Slug = "t4",
        DisplayName = "Tesla T4",
        Devices = 2,
        Environments =
        [
            new EnvironmentFacts { Runtime = "ONNX Runtime", RuntimeVersion = "1.22.1", Flavour = "ort122-cuda12", Driver = "580.82", Cuda = "12.8", Facts = ["clocks free", "ECC on"] },
        ],
    };

    internal static DeviceClassFacts V100() => T4() with { Slug = "v100-sxm2-16gb", DisplayName = "Tesla V100-SXM2-16GB", Devices = 1 };

    internal static DeviceClassFacts CpuClass() => new()
    {
        Slug = "cpu-amd-epyc-2c",
        DisplayName = "AMD EPYC 7B13, 2 cores",
        Devices = 1,
        Environments = [new EnvironmentFacts { Runtime = "ONNX Runtime", RuntimeVersion = "1.31.1", Flavour = "ort131-cpu", Facts = ["threads 2", "kernel 6.1.0"] }],
    };

    internal static PlanArtifact Artifact(string name)
    {
        (_, int crop, long flops, long parameters) = Zoo.Single(m => m.Name == name);
        return new PlanArtifact
        {
            Name = name,
            Sha256 = new string('a', 64),
            SizeBytes = parameters * 4,
            Opset = 17,
            Weights = "synthetic-v1",
            Crop = crop,
            ResizeShort = 256,
            Counts = new Dictionary<string, long> { ["paddleclas_2020"] = flops, ["no_bias"] = parameters },
        };
    }

    internal static Cell CellOf(string model, string device, Precision precision, int batch) => new()
    {
        Kind = CellKind.Latency,
        Model = model,
        ArtifactSha256 = new string('a', 64),
        DeviceClass = device,
        Precision = precision,
        Batch = batch,
        Crop = Zoo.Single(m => m.Name == model).Crop,
        ResizeShort = 256,
        Provider = device.StartsWith("cpu", StringComparison.Ordinal) ? "cpu" : "cuda",
        Flavour = device.StartsWith("cpu", StringComparison.Ordinal) ? "ort131-cpu" : "ort122-cuda12",
        Scope = Scope.EndToEnd,
    };

    internal static CellResult Measured(Cell cell, double p50Us) => new()
    {
        Cell = cell,
        State = CellState.Valid,
        P50Us = p50Us,
        CiLowUs = p50Us * 0.996,
        CiHighUs = p50Us * 1.005,
        MinUs = p50Us * 0.98,
        MeanUs = p50Us * 1.01,
        P90Us = p50Us * 1.03,
        P95Us = p50Us * 1.05,
        P99Us = p50Us * 1.1,
        Count = 1200 + cell.Batch,
        Launches = 3,
        LaunchesStarted = 3,
        Attempts = 3,
        PrecisionEffective = cell.Precision == Precision.Fp16 ? "fp16(graph)" : "fp32",
    };

    internal static CellResult Empty(CellResult cell, CellState state, string? code = null) => new() { Cell = cell.Cell, State = state, Code = code };

    internal static RunResults Of(IReadOnlyList<DeviceClassFacts> classes, IReadOnlyList<CellResult> cells) => new()
    {
        RunId = new RunId(1842),
        RunUid = new Guid("0197b2a0-0000-7000-8000-000000000001"),
        State = RunState.Done,
        Plan = Plan(),
        PlanSha256 = "3f9a2c1e" + new string('0', 56),
        Effort = Effort.Standard,
        OrderSeed = 7,
        SubmittedAt = new DateTimeOffset(2026, 11, 23, 2, 0, 11, TimeSpan.Zero),
        EndedAt = new DateTimeOffset(2026, 11, 23, 2, 41, 5, TimeSpan.Zero),
        Models = [.. Zoo.Select(m => Artifact(m.Name))],
        DeviceClasses = classes,
        Cells = cells,
    };

    internal static BenchmarkPlan Plan() => new()
    {
        Name = "others",
        Title = new Dictionary<string, string> { ["en"] = "Other models", ["zh-CN"] = "其他模型" },
        Models = [.. Zoo.Select(m => new PlanModel { Name = m.Name, At = new Location("others.yaml", 3, 10) })],
        Latency = new LatencySection { Devices = ["v100", "t4"], Precisions = [Precision.Fp32, Precision.Fp16], Batches = [1, 4, 8] },
        Tables = ["model-page"],
    };

    private static IEnumerable<CellResult> Published(string device, PublishedTable table)
    {
        foreach (string[] row in table.Rows)
            for (int column = 3; column < row.Length; column++)
            {
                string[] key = table.Header[column].Split("_bs");
                Precision precision = key[0] == "fp16" ? Precision.Fp16 : Precision.Fp32;
                int batch = int.Parse(key[1].Split('_')[0], CultureInfo.InvariantCulture);
                yield return Measured(CellOf(row[0], device, precision, batch), double.Parse(row[column], CultureInfo.InvariantCulture) * 1000);
            }
    }
}
