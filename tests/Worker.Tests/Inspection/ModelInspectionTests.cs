using System.Globalization;
using Fleetmark.Measurement.Launches;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;
using Fleetmark.Worker.Latency;

namespace Fleetmark.Worker.Tests.Inspection;

public sealed class ModelInspectionTests : IDisposable
{
    /// <summary>Its values leave the range of FP16 in the middle and come back.</summary>
    private const string Steep = """
        model: Steep
        input: {name: x, dtype: float32, shape: [N, 3, 8, 8]}
        output: {name: logits, dtype: float32, shape: [N, 10]}
        image: {crop: 8, resizeShort: 8}
        layers:
          - {id: conv1, op: conv, cin: 3, cout: 4, k: 3, s: 1, p: 1, g: 1, bias: true, act: relu, out: [4, 8, 8]}
          - {id: up1, op: scale, value: 500, out: [4, 8, 8]}
          - {id: up2, op: scale, value: 500, out: [4, 8, 8]}
          - {id: down1, op: scale, value: 0.002, out: [4, 8, 8]}
          - {id: down2, op: scale, value: 0.002, out: [4, 8, 8]}
          - {id: flat, op: flatten, axis: 1, out: [256]}
          - {id: fc, op: fc, cin: 256, cout: 10, bias: true, out: [10]}
        """;

    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_FP32_model_is_computed_in_FP32_on_the_cpu()
    {
        InspectedMessage inspected = await InspectAsync(new InspectRequest { Launch = _folder.Launch() });
        Assert.Equal("fp32", inspected.Effective.Precision);
        Assert.Equal(2, inspected.Graph.InputTypes["float"]);
        Assert.Equal("CPUExecutionProvider", Assert.Single(inspected.Graph.NodesByProvider!).Key);
        Assert.Null(inspected.PrecisionCheck);
        Assert.Equal("1", inspected.Effective.Options!["intra_op_num_threads"]);
        Assert.Equal(inspected.Graph.Sha256, (await InspectAsync(new InspectRequest { Launch = _folder.Launch() })).Graph.Sha256);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_converted_model_is_computed_in_FP32_too_and_agrees(int batch)
    {
        InspectedMessage inspected = await InspectAsync(await ConvertedAsync("small.onnx", batch));
        Assert.Equal("fp32(weights fp16-rounded)", inspected.Effective.Precision);
        Assert.Equal(new Dictionary<string, int> { ["float"] = 2 }, inspected.Graph.InputTypes);
        PrecisionCheck check = inspected.PrecisionCheck!;
        Assert.Equal((64, 64, true), (check.Inputs, check.Top1Agreements + check.Ties, check.Finite));
        Assert.InRange(check.MaxAbsDifference, 1e-6, 0.05);
        Assert.InRange(check.MinCosine, 0.9999, 1);
        Assert.True(check.Agrees());
        Assert.Null(check.Keep);
        Assert.Empty(Directory.GetFiles(_folder.At(""), "exposed-*").Concat(Directory.GetFiles(_folder.At(""), "profile-*")));
    }

    [Fact]
    public async Task Without_leave_to_emulate_an_FP16_model_is_not_looked_at_where_it_would_run_in_FP32()
    {
        InspectRequest request = await ConvertedAsync("small.onnx");
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(request with { Launch = request.Launch with { AllowEmulated = false } });
        Assert.Equal("unsupported", outcome.Failure!.Code);
    }

    [Fact]
    public async Task An_overflow_is_named_and_the_nodes_are_found_that_must_stay_in_FP32()
    {
        Emit("steep.onnx", Steep);
        PrecisionCheck check = (await InspectAsync(await ConvertedAsync("steep.onnx"))).PrecisionCheck!;
        Assert.Equal("tensor 'up2' of node 'up2' (Mul)", check.FirstOverflow);
        Assert.False(check.Agrees());
        Assert.Equal(["up2", "down1"], check.Keep!);
        InspectRequest cured = await ConvertedAsync("steep.onnx", keep: [.. check.Keep!]);
        PrecisionCheck again = (await InspectAsync(cured)).PrecisionCheck!;
        Assert.True(again.Agrees());
        Assert.Null(again.FirstOverflow);
    }

    [Fact]
    public async Task An_overflow_on_a_late_input_alone_is_seen()
    {
        LaunchRequest launch = _folder.Launch(1);
        double[] peaks = [.. Enumerable.Range(0, PrecisionCheck.SeededInputs).Select(image => Peak(launch.Seed + image))];
        (double early, double late) = (peaks.Take(8).Max(), peaks.Skip(8).Max());
        Assert.True(late > 1.05 * early, $"{late} against {early}");
        Emit("late.onnx", string.Create(CultureInfo.InvariantCulture, $$"""
            model: Late
            input: {name: x, dtype: float32, shape: [N, 3, 8, 8]}
            output: {name: logits, dtype: float32, shape: [N, 10]}
            image: {crop: 8, resizeShort: 8}
            layers:
              - {id: gap, op: globalavgpool, out: [3, 1, 1]}
              - {id: up1, op: scale, value: 500, out: [3, 1, 1]}
              - {id: up2, op: scale, value: {{65504 / 500 / ((early + late) / 2):0.###}}, out: [3, 1, 1]}
              - {id: down, op: scale, value: 0.00002, out: [3, 1, 1]}
              - {id: flat, op: flatten, axis: 1, out: [3]}
              - {id: fc, op: fc, cin: 3, cout: 10, bias: true, out: [10]}
            """));
        PrecisionCheck check = (await InspectAsync(await ConvertedAsync("late.onnx", batch: 1))).PrecisionCheck!;
        Assert.Equal("tensor 'up2' of node 'up2' (Mul)", check.FirstOverflow);
    }

    /// <summary>Greatest mean of a channel of an input of three times 8 × 8 values.</summary>
    private static double Peak(long seed)
    {
        float[] values = new float[3 * 64];
        InputValues.Fill(values, seed);
        return values.Chunk(64).Max(channel => Math.Abs(channel.Average()));
    }

    [Fact]
    public async Task A_model_that_overflows_in_FP32_cannot_be_compared()
    {
        Emit("steep.onnx", Steep.Replace("value: 500", "value: 1e30", StringComparison.Ordinal));
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(await ConvertedAsync("steep.onnx"));
        Assert.Equal("model-invalid", outcome.Failure!.Code);
        Assert.Equal("the FP32 model itself gives values that are not finite, on seeded input 0", outcome.Failure.Text);
    }

    [Fact]
    public async Task An_FP16_launch_is_timed_where_emulation_is_allowed_and_says_nothing_of_its_precision()
    {
        InspectRequest request = await ConvertedAsync("small.onnx");
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(request.Launch);
        Assert.Null(outcome.Result!.Effective!.Precision);
    }

    private void Emit(string name, string definition)
    {
        using FileStream file = File.Create(_folder.At(name));
        OnnxEmitter.Emit(ModelDefinition.Read(definition, name), file, TestContext.Current.CancellationToken);
    }

    private async Task<InspectRequest> ConvertedAsync(string name, int batch = 2, params string[] keep)
    {
        var source = new ModelFile { Path = _folder.At(name), Format = "onnx" };
        (LaunchOutcome built, _) = await WorkerUnderTest.AskAsync(new ConvertRequest { Model = source, Converter = ConvertRequest.CurrentConverter, Keep = keep, Path = _folder.At($"half-{name}") });
        Assert.IsType<BuiltMessage>(built.Answer);
        return new InspectRequest
        {
            Launch = _folder.Launch(batch) with { Model = source with { Path = _folder.At($"half-{name}") }, Precision = Precision.Fp16, AllowEmulated = true },
            Original = source,
            Keep = keep,
        };
    }

    private static async Task<InspectedMessage> InspectAsync(InspectRequest request)
    {
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(request);
        Assert.True(outcome.Failure is null, outcome.Failure?.ToString());
        return Assert.IsType<InspectedMessage>(outcome.Answer);
    }
}
