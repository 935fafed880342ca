using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Worker.Tests.Latency;

public sealed class LatencyLaunchTests(ModelFolder models) : IClassFixture<ModelFolder>
{
    [Theory]
    [InlineData(Scope.EndToEnd)]
    [InlineData(Scope.Device)]
    public async Task A_launch_holds_the_whole_conversation(Scope scope)
    {
        (LaunchOutcome outcome, WorkerUnderTest worker) = await WorkerUnderTest.AskAsync(models.Launch() with { Scope = scope, Cpus = [FirstAllowedCore()] });
        Assert.False(outcome.IsFailure, outcome.Failure?.ToString());
        Assert.All(worker.Lines, line => Assert.StartsWith("{", line, StringComparison.Ordinal));
        Assert.Contains("hello", worker.Lines[0], StringComparison.Ordinal);
        Assert.Equal(["load", "first", "warmup", "sample", "finish"], worker.Messages("phase").Select(phase => phase.GetProperty("name").GetString()));
        Assert.Contains("result", worker.Lines[^1], StringComparison.Ordinal);
        Assert.Equal("ort131-cpu", outcome.Hello!.Flavour);
        JsonElement environment = outcome.Result!.Environment!.Value;
        Assert.Equal(outcome.Hello.RuntimeVersion, environment.GetProperty("runtimeNative").GetString());
        Assert.Equal($"{FirstAllowedCore()}", environment.GetProperty("allowedCpus").GetString());
    }

    [Theory]
    [InlineData(Scope.EndToEnd)]
    [InlineData(Scope.Device)]
    public async Task The_timed_path_neither_allocates_nor_collects(Scope scope)
    {
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(models.Launch() with { Scope = scope });
        Assert.Equal(new CollectionReport(), outcome.Result!.Gc);
        Assert.InRange(outcome.Samples!.Nanoseconds.Count, 100, 1000);
        Assert.Equal(outcome.Samples.Nanoseconds.Count, outcome.Result.Bursts!.Sum(burst => burst[1]));
        Assert.InRange(outcome.Samples.Nanoseconds.Sum(), 1, outcome.Result.WindowEnd - outcome.Result.WindowStart);
    }

    [Theory]
    [InlineData(Scope.EndToEnd)]
    [InlineData(Scope.Device)]
    public async Task A_loop_for_energy_follows_sampling_and_changes_nothing_about_it(Scope scope)
    {
        (LaunchOutcome outcome, WorkerUnderTest worker) = await WorkerUnderTest.AskAsync(models.Launch() with { Scope = scope, Energy = new EnergySettings { MinMs = 300 } });
        Assert.False(outcome.IsFailure, outcome.Failure?.ToString());
        Assert.Equal(["load", "first", "warmup", "sample", "energy", "finish"], worker.Messages("phase").Select(phase => phase.GetProperty("name").GetString()));
        ResultMessage result = outcome.Result!;
        EnergyReport loop = result.Energy!;
        Assert.True(loop.Start >= result.WindowEnd, "the loop begins inside the window");
        Assert.True(loop.End - loop.Start >= 300_000_000, $"the loop lasted {loop.End - loop.Start} ns");
        Assert.InRange(loop.Calls, 1, long.MaxValue);
        Assert.Equal(new CollectionReport(), result.Gc);
        Assert.Equal(outcome.Samples!.Nanoseconds.Count, result.Bursts!.Sum(burst => burst[1]));
        Assert.InRange(result.PhasesMs!["energy"], 300, 60_000);
        (LaunchOutcome plain, _) = await WorkerUnderTest.AskAsync(models.Launch() with { Scope = scope });
        Assert.Equal(plain.Result!.Output.Sha256, result.Output.Sha256);
        Assert.Null(plain.Result.Energy);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(600_001)]
    public async Task A_loop_without_end_or_length_is_refused(int milliseconds)
    {
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(models.Launch() with { Energy = new EnergySettings { MinMs = milliseconds } });
        Assert.Contains($"'energy.minMs' is {milliseconds}, 1 to 600000 are possible", outcome.Failure!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_result_says_what_really_ran()
    {
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(models.Launch(batch: 4) with
        {
            Options = new Dictionary<string, string> { ["session.intra_op.allow_spinning"] = "0" },
        });
        ResultMessage result = outcome.Result!;
        Assert.Equal("fp32", result.Effective!.Precision);
        Assert.Equal(1, result.Effective.Threads);
        Assert.Equal("0", result.Effective.Options!["session.intra_op.allow_spinning"]);
        Assert.Equal("ORT_ENABLE_ALL", result.Effective.Options["graph_optimization_level"]);
        Assert.Equal("4", result.Effective.Options["free_dimension.N"]);
        Assert.Equal(["load", "first", "warmup", "sample"], result.PhasesMs!.Keys);
        Assert.All(result.PhasesMs.Values, milliseconds => Assert.InRange(milliseconds, 0.001, 60_000));
        Assert.InRange(result.TimerFloorNs!.Value, 1, 100_000);
        Assert.InRange(result.Memory!.Value.GetProperty("peakResidentBytes").GetInt64(), 1 << 20, long.MaxValue);
        Assert.Equal("False", result.Environment!.Value.GetProperty("tieredPgo").GetString(), ignoreCase: true);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_output_on_every_launch()
    {
        (LaunchOutcome first, _) = await WorkerUnderTest.AskAsync(models.Launch());
        (LaunchOutcome second, _) = await WorkerUnderTest.AskAsync(models.Launch() with { Scope = Scope.Device });
        (LaunchOutcome other, _) = await WorkerUnderTest.AskAsync(models.Launch() with { Seed = 5 });
        OutputReport output = first.Result!.Output;
        Assert.Equal(output.Sha256, second.Result!.Output.Sha256);
        Assert.NotEqual(output.Sha256, other.Result!.Output.Sha256);
        Assert.Equal(2, output.Top1!.Count);
        Assert.Equal(10, output.Head!.Count);
        Assert.Equal(output.Top1[0], output.Head.ToList().IndexOf(output.Head.Max()));
    }

    [Fact]
    public async Task A_soak_lasts_as_long_as_it_may_although_its_median_is_known_well()
    {
        SamplingSettings sample = models.Launch().Sample with { MinMs = 1, MinCount = 30, MaxMs = 300, MaxCount = 1_000_000, HalfWidth = 0.5 };
        (LaunchOutcome latency, _) = await WorkerUnderTest.AskAsync(models.Launch() with { Sample = sample });
        (LaunchOutcome soak, _) = await WorkerUnderTest.AskAsync(models.Launch() with { Sample = sample, Kind = LaunchKind.Soak });
        Assert.True(latency.Result!.WindowEnd - latency.Result.WindowStart < 300_000_000);
        Assert.True(soak.Result!.WindowEnd - soak.Result.WindowStart >= 300_000_000);
        Assert.Equal(soak.Samples!.Nanoseconds.Count, soak.Result.Bursts!.Sum(burst => burst[1]));
    }

    [Fact]
    public async Task A_right_digest_opens_the_gate()
    {
        LaunchRequest launch = models.Launch();
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(launch.Model.Path, TestContext.Current.CancellationToken)));
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(launch with { Model = launch.Model with { Sha256 = sha256 } });
        Assert.False(outcome.IsFailure);
    }

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "provider", "unsupported", "no execution provider 'openvino' here; known: cpu, cuda, tensorrt" },
        { "cuda", "unsupported", "CUDA execution provider is not enabled in this build" },
        { "cuda-e2e", "unsupported", "CUDA execution provider is not enabled in this build" },
        { "tensorrt", "unsupported", "TensorRT execution provider is not enabled in this build" },
        { "cache-path", "unsupported", "option 'trt_engine_cache_path' is not known to the tensorrt provider" },
        { "graph", "unsupported", "option 'enable_cuda_graph' replays fixed device buffers, which only the scope 'device' has" },
        { "host-memory", "internal", "'hostMemory' is for devices" },
        { "host-memory-word", "internal", "'hostMemory' is 'fast', pinned and pageable are possible" },
        { "fp16", "unsupported", "no FP16 kernels" },
        { "int8", "unsupported", "INT8" },
        { "kernel", "unsupported", "kernel" },
        { "option", "unsupported", "option 'profile_file'" },
        { "option-value", "unsupported", "must be 0 or 1" },
        { "format", "unsupported", "model format 'plan'" },
        { "missing", "model-invalid", "cannot be read" },
        { "folder", "model-invalid", "cannot be read" },
        { "no-path", "model-invalid", "cannot be read" },
        { "garbage", "model-invalid", "is no ONNX model" },
        { "empty", "model-invalid", "is no ONNX model" },
        { "hash", "model-invalid", "expected 00" },
        { "external", "model-invalid", "lies in another file" },
        { "unknown-operator", "model-invalid", "refuses the model" },
        { "shape", "model-invalid", "does not fit [2, 3, 9, 8]" },
        { "nan", "wrong-output", "not finite" },
        { "huge", "out-of-memory", "an input of 2147483712 values" },
        { "batch", "internal", "batch is 3" },
        { "two-inputs", "internal", "exactly one input" },
        { "threads", "internal", "threads is 0" },
        { "cores", "internal", "core 5000" },
        { "far-core", "internal", "cannot run on cores 4000" },
        { "windows", "internal", "warmup.windows" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_cannot_be_measured_is_refused_with_its_code_and_exit_code(string what, string failure, string text)
    {
        (LaunchOutcome outcome, WorkerUnderTest worker) = await WorkerUnderTest.AskAsync(Broken(what));
        Assert.True(outcome.IsFailure, "it was measured");
        Assert.Equal(failure, outcome.Failure.Code);
        Assert.Contains(text, outcome.Failure.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", outcome.Failure.Text, StringComparison.Ordinal);
        WorkerErrorCode code = WorkerErrorTable.FromWord(Assert.Single(worker.Messages("error")).GetProperty("code").GetString()!)!.Value;
        Assert.Equal(WorkerErrorTable.ExitCode(code), worker.ExitCode);
        Assert.DoesNotContain("   at ", worker.StandardErrorText, StringComparison.Ordinal);
    }

    private static int FirstAllowedCore()
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal));
        return int.Parse(line.Split(':', '-', ',')[1], CultureInfo.InvariantCulture);
    }

    private LaunchRequest Broken(string what)
    {
        LaunchRequest launch = models.Launch();
        return what switch
        {
            "provider" => launch with { Provider = "openvino" },
            "cuda" => launch with { Provider = "cuda", Scope = Scope.Device },
            "cuda-e2e" => launch with { Provider = "cuda", HostMemory = "pageable", Options = new Dictionary<string, string> { ["enable_cuda_graph"] = "0" } },
            "tensorrt" => launch with { Provider = "tensorrt" },
            "cache-path" => launch with { Provider = "tensorrt", Options = new Dictionary<string, string> { ["trt_engine_cache_path"] = "/etc" } },
            "graph" => launch with { Provider = "cuda", Options = new Dictionary<string, string> { ["enable_cuda_graph"] = "1" } },
            "host-memory" => launch with { HostMemory = "pinned" },
            "host-memory-word" => launch with { Provider = "cuda", HostMemory = "fast" },
            "fp16" => launch with { Precision = Precision.Fp16 },
            "int8" => launch with { Precision = Precision.Int8 },
            "kernel" => launch with { Scope = Scope.Kernel },
            "option" => launch with { Options = new Dictionary<string, string> { ["profile_file"] = "/etc/passwd" } },
            "option-value" => launch with { Options = new Dictionary<string, string> { ["session.intra_op.allow_spinning"] = "yes" } },
            "format" => launch with { Model = launch.Model with { Format = "plan" } },
            "missing" => launch with { Model = launch.Model with { Path = models.At("none.onnx") } },
            "no-path" => launch with { Model = launch.Model with { Path = "" } },
            "folder" => launch with { Model = launch.Model with { Path = Path.GetDirectoryName(launch.Model.Path)! } },
            "garbage" => launch with { Model = launch.Model with { Path = models.Save("garbage.onnx", [.. "this is no model"u8]) } },
            "empty" => launch with { Model = launch.Model with { Path = models.Save("empty.onnx", []) } },
            "hash" => launch with { Model = launch.Model with { Sha256 = new string('0', 64) } },
            "external" => launch with { Model = launch.Model with { Path = models.Save("external.onnx", ExternalModel()) } },
            "unknown-operator" => models.LaunchOf(models.Chain("Frobnicate")),
            "shape" => launch with { Inputs = [launch.Inputs[0] with { Shape = [2, 3, 9, 8] }] },
            "nan" => models.LaunchOf(models.Chain("Log")),
            "huge" => models.Launch(batch: 11_184_811),
            "batch" => launch with { Batch = 3 },
            "two-inputs" => launch with { Inputs = [launch.Inputs[0], launch.Inputs[0]] },
            "threads" => launch with { Threads = 0 },
            "cores" => launch with { Cpus = [5000] },
            "far-core" => launch with { Cpus = [4000] },
            "windows" => launch with { Warmup = launch.Warmup with { Windows = 1 } },
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
    }

    /// <summary>graph { initializer { name: "w", data_location: EXTERNAL } }.</summary>
    private static byte[] ExternalModel() => [0x3a, 0x07, 0x2a, 0x05, 0x42, 0x01, (byte)'w', 0x70, 0x01];
}
