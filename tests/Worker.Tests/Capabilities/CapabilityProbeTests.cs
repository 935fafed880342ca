using Fleetmark.Measurement.Launches;

namespace Fleetmark.Worker.Tests.Capabilities;

public sealed class CapabilityProbeTests
{
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
        Assert.Equal(["latency"], cpu.Kinds);
        Assert.Equal(["onnx"], capabilities.Formats);
        Assert.Equal(["session.intra_op.allow_spinning"], capabilities.OptionKeys);
        Assert.Equal(0, worker.ExitCode);
    }
}
