using Fleetmark.Agent.Tests.Nvml;
using Fleetmark.Contracts.Fleet.Wire;

namespace Fleetmark.Agent.Tests.Hosting;

/// <summary>The agent as a whole on a machine with replayed GPUs: real gRPC, real worker processes.</summary>
[Collection(nameof(OneLibraryAtATime))]
public sealed class GpuAgentTests : IAsyncLifetime
{
    private const string T4 = """{"device":0,"uuid":"GPU-t4","name":"Tesla T4","computeCapability":"7.5","memoryMib":15360}""";

    private readonly TemporaryFolder _folder = new();
    private FakeGateway _gateway = null!;

    private string Socket => _folder.At("gateway.sock");

    public async ValueTask InitializeAsync() => _gateway = await FakeGateway.StartAsync(Socket);

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
        Assert.Empty(_gateway.Violations);
    }

    [Fact]
    public async Task Hello_offers_each_gpu_and_says_that_it_is_simulated()
    {
        await using AgentUnderTest agent = await StartAsync(T4);
        Hello hello = (await _gateway.SessionAsync()).Hello;
        Assert.Equal(2, hello.Devices.Count);
        DeviceOffer gpu = hello.Devices[1];
        Assert.Equal(("GPU-t4", "nvidia", "Tesla T4", 1, 15360, "7.5", 0, true), (gpu.Uuid, gpu.Vendor, gpu.Name, gpu.Ordinal, gpu.MemoryMib, gpu.ComputeCapability, gpu.Cores, gpu.Simulated));
        Assert.False(hello.Devices[0].Simulated);
        Assert.True(hello.Devices[0].Cores > 0);
    }

    private Task<AgentUnderTest> StartAsync(params string[] replay) => AgentUnderTest.StartAsync(_folder, Socket, options =>
    {
        options.Nvml.Replay = _folder.Save("replay.jsonl", string.Join('\n', replay));
        options.Runtimes[0].Devices.Add("cpu");
        options.Runtimes[0].Devices.Add("nvidia");
    });
}
