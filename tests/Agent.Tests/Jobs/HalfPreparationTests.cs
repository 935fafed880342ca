using System.Text.Json;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Jobs;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Results;
using Fleetmark.Measurement.Launches;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;

namespace Fleetmark.Agent.Tests.Jobs;

/// <summary>FP16 launches of an agent with the fake worker, which converts for real and says of a model what its script says.</summary>
public sealed class HalfPreparationTests : IAsyncLifetime
{
    private const string SmallDefinition = """
        model: Small
        input: {name: x, dtype: float32, shape: [N, 3, 8, 8]}
        output: {name: logits, dtype: float32, shape: [N, 10]}
        image: {crop: 8, resizeShort: 8}
        layers:
          - {id: conv1, op: conv, cin: 3, cout: 4, k: 3, s: 1, p: 1, g: 1, bias: true, act: relu, out: [4, 8, 8]}
          - {id: flat, op: flatten, axis: 1, out: [256]}
          - {id: fc, op: fc, cin: 256, cout: 10, bias: true, out: [10]}
        """;

    /// <summary>Log events: a model was converted; a model was inspected.</summary>
    private const int Converted = 5402;

    private const int Inspected = 6000;

    private readonly TemporaryFolder _folder = new();
    private FakeGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await FakeGateway.StartAsync(_folder.At("gateway.sock"));

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
        Assert.Empty(_gateway.Violations);
    }

    [Fact]
    public async Task An_FP16_launch_runs_the_converted_file_and_an_inspection_says_what_it_is_computed_in()
    {
        await using AgentUnderTest agent = await StartAsync();
        AttemptResult result = await MeasureAsync(await _gateway.SessionAsync(), job: 7);
        InspectionReport inspection = result.Inspection!;
        LaunchReport launch = Assert.Single(result.Launches);
        Assert.Equal(("fp16(graph)", Precision.Fp16), (launch.PrecisionEffective, launch.Arithmetic));
        Assert.DoesNotContain("precision-unproven", launch.Notes);
        Assert.Equal((1, "fp16(graph)", new string('a', 64)), (inspection.Converter, inspection.PrecisionEffective, Convert.ToHexStringLower(inspection.GraphSha256)));
        Assert.Equal(64, inspection.Detail.GetProperty("precisionCheck").GetProperty("top1Agreements").GetInt32());
        Assert.Equal(0, inspection.Detail.GetProperty("conversion").GetProperty("keptNodes").GetInt32());
        Assert.Equal(0, inspection.Detail.GetProperty("keep").GetArrayLength());
        JsonElement ran = launch.Result!.Value.GetProperty("model");
        Assert.Equal((inspection.ModelSha256, 1), (ran.GetProperty("sha256").GetString(), ran.GetProperty("converter").GetInt32()));
        Assert.NotEqual(Sha256, inspection.ModelSha256);
        Assert.True(File.Exists(PathOf(inspection.ModelSha256)));
    }

    [Fact]
    public async Task What_was_converted_and_inspected_once_is_not_again_also_by_the_next_agent()
    {
        await using (AgentUnderTest agent = await StartAsync())
        {
            FakeSession session = await _gateway.SessionAsync();
            await MeasureAsync(session, job: 7);
            Assert.Equal("fp16(graph)", (await MeasureAsync(session, job: 8, batch: 1)).Launches[0].PrecisionEffective);
            Assert.Equal((1, 1), (agent.Log.Of(Converted).Count, agent.Log.Of(Inspected).Count));
        }

        await using AgentUnderTest next = await StartAsync();
        Assert.NotNull((await MeasureAsync(await _gateway.SessionAsync(), job: 9)).Inspection);
        Assert.Equal((0, 0), (next.Log.Of(Converted).Count, next.Log.Of(Inspected).Count));
    }

    [Fact]
    public async Task Another_worker_of_the_same_name_looks_for_itself()
    {
        await using (AgentUnderTest agent = await StartAsync()) await MeasureAsync(await _gateway.SessionAsync(), job: 7);
        string other = _folder.Save("other", $"#!/bin/sh\nexec '{FakeWorkerProgram.Path}'\n");
        TemporaryFolder.Permit(other, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using AgentUnderTest next = await StartAsync(options => options.Runtimes[0].Executable = other);
        await MeasureAsync(await _gateway.SessionAsync(), job: 8);
        Assert.Equal((0, 1), (next.Log.Of(Converted).Count, next.Log.Of(Inspected).Count));
    }

    [Fact]
    public void An_inspection_counts_for_its_model_runtime_and_driver_and_not_for_a_batch()
    {
        var device = new Device { Uuid = "GPU-1", Vendor = Device.NvidiaVendor, Name = "Tesla T4", MemoryMib = 1, Cpus = [0], Driver = "570.86.15" };
        LaunchSpecification wire = AgentUnderTest.Assign(_folder, "GPU-1").Launch;
        string key = HalfPreparation.KeyOf(device, wire, "program");
        Assert.NotEqual(key, HalfPreparation.KeyOf(device with { Driver = "580.65" }, wire, "program"));
        Assert.NotEqual(key, HalfPreparation.KeyOf(device with { Uuid = "GPU-2" }, wire, "program"));
        Assert.NotEqual(key, HalfPreparation.KeyOf(device, wire, "another"));
        wire.Batch++;
        Assert.Equal(key, HalfPreparation.KeyOf(device, wire, "program"));
        wire.Crop++;
        Assert.NotEqual(key, HalfPreparation.KeyOf(device, wire, "program"));
    }

    [Fact]
    public async Task A_flipped_byte_in_the_converted_file_is_found_and_the_file_made_again()
    {
        await using AgentUnderTest agent = await StartAsync();
        FakeSession session = await _gateway.SessionAsync();
        string path = PathOf((await MeasureAsync(session, job: 7)).Inspection!.ModelSha256);
        byte[] good = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(path, [.. good[1..], 1, 2], TestContext.Current.CancellationToken);
        Assert.False((await MeasureAsync(session, job: 8)).IsFailure);
        Assert.Equal(good, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_value_that_overflows_is_named_and_its_node_goes_back_to_FP32()
    {
        await using AgentUnderTest agent = await StartAsync();
        AttemptResult result = await MeasureAsync(await _gateway.SessionAsync(), job: 7, fake: "overflow:conv1");
        Assert.False(result.IsFailure, result.ErrorText);
        JsonElement detail = result.Inspection!.Detail;
        Assert.Equal("tensor 'conv1' of node 'conv1' (Conv)", detail.GetProperty("overflow").GetString());
        Assert.Equal("conv1", Assert.Single(detail.GetProperty("keep").EnumerateArray()).GetString());
        Assert.Equal("conv1", Assert.Single(detail.GetProperty("conversion").GetProperty("kept").EnumerateArray()).GetString());
        Assert.Equal((2, 1), (agent.Log.Of(Converted).Count, agent.Log.Of(Inspected).Count));
    }

    [Theory]
    [InlineData("disagree", "model-invalid", "Small cannot be measured in FP16: the FP16 model disagrees with its source, also with 0 nodes in FP32")]
    [InlineData("overflow:nowhere", "model-invalid", "Small cannot be converted to FP16")]
    [InlineData("blind", "out-of-memory", "Small in FP16 cannot be inspected: out of memory")]
    public async Task A_model_that_cannot_be_measured_in_FP16_says_why(string fake, string code, string text)
    {
        await using AgentUnderTest agent = await StartAsync();
        AttemptResult result = await MeasureAsync(await _gateway.SessionAsync(), job: 7, fake: fake);
        Assert.StartsWith(text, result.ErrorText, StringComparison.Ordinal);
        Assert.Equal(code, result.ErrorCode);
        Assert.Null(result.Inspection);
    }

    [Fact]
    public async Task A_foreign_worker_gets_the_converted_file_and_is_taken_at_its_word()
    {
        await using AgentUnderTest agent = await StartAsync(options => options.Runtimes.Add(AgentUnderTest.Foreign()));
        AttemptResult result = await MeasureAsync(await _gateway.SessionAsync(), job: 7, flavour: "foreign-1", fake: "effective:fp16(mine)");
        Assert.Null(result.Inspection);
        Assert.Equal("fp16(mine)", result.Launches[0].PrecisionEffective);
        Assert.NotEqual(Sha256, result.Launches[0].Result!.Value.GetProperty("model").GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task An_FP32_launch_is_neither_converted_nor_inspected()
    {
        await using AgentUnderTest agent = await StartAsync();
        AttemptResult result = await MeasureAsync(await _gateway.SessionAsync(), job: 7, precision: Precision.Fp32);
        Assert.Null(result.Inspection);
        Assert.Equal(Sha256, result.Launches[0].Result!.Value.GetProperty("model").GetProperty("sha256").GetString());
        Assert.False(Directory.Exists(_folder.At("models", "fp16")));
    }

    private static string Sha256 { get; } = OnnxEmitter.Digest(ModelDefinition.Read(SmallDefinition, "small.yaml"), CancellationToken.None).Hex;

    private string PathOf(string sha256) => _folder.At("models", "sha256", sha256[..2], sha256 + ".onnx");

    private Task<AgentUnderTest> StartAsync(Action<AgentOptions>? configure = null) => AgentUnderTest.StartAsync(_folder, _folder.At("gateway.sock"), configure);

    private async Task<AttemptResult> MeasureAsync(
        FakeSession session, long job, string fake = "measure", int batch = 2, Precision precision = Precision.Fp16, string flavour = AgentUnderTest.Flavour)
    {
        await session.HeartbeatAsync(whyNot: "");
        Assign assign = AgentUnderTest.Assign(_folder, session.Hello.Devices[0].Uuid, job, fake: fake);
        assign.Launch.ModelSha256 = Sha256;
        assign.Launch.Definition = SmallDefinition;
        assign.Launch.Weights = OnnxEmitter.WeightsRecipe;
        assign.Launch.Precision = (int)precision;
        assign.Launch.Flavour = flavour;
        assign.Launch.Batch = batch;
        session.Send(assign);
        await session.AcceptedAsync();
        return await session.AcceptResultAsync();
    }
}
