using Fleetmark.Measurement.Launches;

namespace Fleetmark.Worker.Tests.Capabilities;

public sealed class CapabilityProbeTests
{
    private static readonly LaunchDevice T4 = new() { Uuid = "GPU-1", ComputeCapability = "7.5" };

    [Fact]
    public async Task The_cpu_computes_fp32_and_nothing_else()
    {
        (LaunchOutcome outcome, WorkerUnderTest worker) = await WorkerUnderTest.AskAsync(new CapabilitiesRequest());
        CapabilitiesMessage capabilities = Assert.IsType<CapabilitiesMessage>(outcome.Answer);
        ProviderCapability cpu = Assert.Single(capabilities.Providers);
        Assert.Equal("cpu", cpu.Name);
        Assert.Equal(DeviceCapability.Ok, Assert.Single(cpu.Devices).State);
        Assert.Equal(["fp32"], cpu.Precisions);
        Assert.Equal(["e2e", "device"], cpu.Scopes);
        Assert.Equal(["latency", "soak", "throughput"], cpu.Kinds);
        Assert.Equal(["onnx"], capabilities.Formats);
        Assert.Equal(["session.intra_op.allow_spinning"], capabilities.OptionKeys);
        Assert.Equal(0, worker.ExitCode);
    }

    [Fact]
    public async Task A_package_for_the_cpu_lacks_the_providers_of_a_gpu_and_says_so()
    {
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(new CapabilitiesRequest { Device = T4 });
        CapabilitiesMessage capabilities = Assert.IsType<CapabilitiesMessage>(outcome.Answer);
        Assert.Equal(["cuda", "tensorrt"], capabilities.Providers.Select(provider => provider.Name));
        Assert.All(capabilities.Providers, provider => Assert.Equal(("GPU-1", DeviceCapability.MissingLibrary), (provider.Devices[0].Uuid, provider.Devices[0].State)));
        Assert.Equal(
            ["CUDA execution provider is not enabled in this build.", "TensorRT execution provider is not enabled in this build."],
            capabilities.Providers.Select(provider => provider.Devices[0].Reason));
        Assert.Contains("trt_max_workspace_size", capabilities.OptionKeys);
    }

    [Theory]
    [InlineData("7.5", "fp32", "fp16")]
    [InlineData("7.0", "fp32", "fp16")]
    [InlineData("5.3", "fp32", "fp16")]
    [InlineData("5.2", "fp32")]
    [InlineData("10.0", "fp32", "fp16")]
    [InlineData(null, "fp32")]
    public async Task Fp16_is_offered_from_compute_capability_5_3_on(string? capability, params string[] precisions)
    {
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(new CapabilitiesRequest { Device = T4 with { ComputeCapability = capability } });
        Assert.All(Assert.IsType<CapabilitiesMessage>(outcome.Answer).Providers, provider => Assert.Equal(precisions, provider.Precisions));
    }
}
