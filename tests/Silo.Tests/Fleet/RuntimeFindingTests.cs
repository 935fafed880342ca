using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;
using Fleetmark.Fixtures;

namespace Fleetmark.Silo.Tests.Fleet;

/// <summary>What an agent says of its runtimes, from Hello to the place in the table: a V100, for which CUDA 13 has no kernels.</summary>
public sealed class RuntimeFindingTests(TestCluster cluster)
{
    private const string Gpu = "GPU-v100";
    private const string BothRuntimes = "devices: [v100], runtimes: [ort122-cuda12, ort131-cuda13]";

    [Fact]
    public async Task Cells_of_a_runtime_without_kernels_for_the_device_are_unsupported_at_once_with_the_reason()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        FakeAgent agent = await silo.DialAsync(Guid.NewGuid(), OfferV100);
        RunId run = await silo.SubmitAsync(latency: BothRuntimes);
        for (int launch = 0; launch < 3; launch++)
        {
            await agent.SendAsync(new AgentMessage { Heartbeat = new Heartbeat { Devices = { new DeviceState { Uuid = Gpu, Ready = true } } } });
            Assign assign = await agent.TakeAsync();
            Assert.Equal(("ort122-cuda12", "cuda"), (assign.Launch.Flavour, assign.Launch.Provider));
            await agent.ResultAsync(FakeAgent.Measured(assign, silo.ClusterId) with { DeviceUuid = Gpu });
        }

        await silo.BecomesAsync(run, RunState.Done);
        RunResults results = (await silo.Results.FindAsync(run, TestContext.Current.CancellationToken))!;
        Assert.Equal(
            ["ort122-cuda12 Valid ", "ort131-cuda13 Unsupported unsupported:unsupported-arch:sm_70"],
            results.Cells.Select(c => $"{c.Cell.Flavour} {c.State} {c.Code}"));
        Assert.Equal("the runtime has no kernels for the architecture of these devices (sm_70)", FailureCode.Sentence(results.Cells[1].Code!));
    }

    [Fact]
    public async Task A_card_that_was_given_the_right_runtime_meanwhile_is_measured()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        Guid process = Guid.NewGuid();
        await silo.DialAsync(process, OfferV100);
        FakeAgent agent = await silo.DialAsync(process, hello =>
        {
            OfferV100(hello);
            hello.Devices[0].Capabilities.Add("runtime:ort131-cuda13/cuda/fp32");
            hello.Devices[0].Runtimes[1].State = "ok";
        });
        await silo.SubmitAsync(latency: "devices: [v100], runtimes: [ort131-cuda13]");
        await agent.SendAsync(new AgentMessage { Heartbeat = new Heartbeat { Devices = { new DeviceState { Uuid = Gpu, Ready = true } } } });

        Assert.Equal("ort131-cuda13", (await agent.TakeAsync()).Launch.Flavour);
    }

    [Theory]
    [InlineData(257, 10)]
    [InlineData(1, 201)]
    public async Task More_than_may_be_said_of_runtimes_is_refused(int count, int length)
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        FakeAgent agent = await silo.DialAsync(Guid.NewGuid(), hello =>
        {
            for (int i = 0; i < count; i++) hello.Devices[0].Runtimes.Add(new RuntimeState { Flavour = $"r{i}", State = "error", Reason = new string('x', length) });
        });

        await agent.Ended.WaitAsync(FakeAgent.Patience, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(Grpc.Core.StatusCode.InvalidArgument, agent.End!.StatusCode);
    }

    private static void OfferV100(Hello hello)
    {
        hello.Devices.Clear();
        hello.Devices.Add(new DeviceOffer
        {
            Uuid = Gpu,
            Vendor = "nvidia",
            Name = "Tesla V100-SXM2-16GB",
            MemoryMib = 16160,
            ComputeCapability = "7.0",
            Capabilities = { "runtime:ort122-cuda12", "runtime:ort122-cuda12/cuda/fp32", "provider:cuda", "precision:fp32" },
            Runtimes =
            {
                new RuntimeState { Flavour = "ort122-cuda12", Provider = "cuda", State = "ok" },
                new RuntimeState { Flavour = "ort131-cuda13", Provider = "cuda", State = "unsupported-arch", Reason = "ort131-cuda13 has no kernels for compute capability 7.0 (sm_70)" },
            },
        });
    }
}
