using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Jobs;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Tests.Jobs;

public sealed class LaunchPlanTests : IDisposable
{
    private static readonly Device Gpu = new() { Uuid = "GPU-1", Vendor = "nvidia", Name = "Tesla T4", MemoryMib = 15360, Cpus = [3], ComputeCapability = "7.5", Driver = "570.86" };
    private static readonly Device Cpu = new() { Uuid = "cpu-1", Vendor = "cpu", Name = "CPU", MemoryMib = 1, Cpus = [0, 1] };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_gpu_launch_names_its_card_and_gets_one_core_and_pinned_memory()
    {
        LaunchRequest request = Request(Gpu, Scope.EndToEnd);
        Assert.Equal(new LaunchDevice { Index = 0, Uuid = "GPU-1", ComputeCapability = "7.5", Name = "Tesla T4", Driver = "570.86" }, request.Device);
        Assert.Equal((1, "pinned"), (request.Threads, request.HostMemory));
        Assert.Equal([3], request.Cpus);
        Assert.Equal(1, request.Warmup.SlowCalls);
    }

    [Fact]
    public void A_throughput_launch_names_its_loops_and_lasts_ten_seconds()
    {
        Assign assign = AgentUnderTest.Assign(_folder, Cpu.Uuid);
        (assign.Launch.Kind, assign.Launch.Concurrency) = (1, 4);
        LaunchPlan plan = LaunchPlan.Read(assign, Cpu).Plan!;
        LaunchRequest request = plan.Request(Cpu, new ModelFile { Path = "/models/a.onnx", Format = "onnx" }, "/work");
        Assert.True(plan.IsThroughput);
        Assert.Equal((LaunchKind.Throughput, 4, 10_000), (request.Kind, request.Concurrency, request.Sample.MinMs));
        LaunchRequest latency = Request(Cpu, Scope.EndToEnd);
        Assert.Equal((LaunchKind.Latency, null), (latency.Kind, latency.Concurrency));
    }

    [Theory]
    [InlineData(1, 0, "concurrency 0")]
    [InlineData(1, 257, "concurrency 257")]
    [InlineData(2, 1, "kind 2")]
    [InlineData(-1, 1, "kind -1")]
    public void A_kind_that_no_launch_has_is_refused(int kind, int concurrency, string problem)
    {
        Assign assign = AgentUnderTest.Assign(_folder, Cpu.Uuid);
        (assign.Launch.Kind, assign.Launch.Concurrency) = (kind, concurrency);
        Assert.Equal((null, $"the assignment cannot be run: {problem}"), LaunchPlan.Read(assign, Cpu));
    }

    [Fact]
    public void Without_host_memory_in_its_scope_a_launch_does_not_choose_any() => Assert.Null(Request(Gpu, Scope.Device).HostMemory);

    [Fact]
    public void A_cpu_launch_has_no_card_and_all_cores()
    {
        LaunchRequest request = Request(Cpu, Scope.EndToEnd);
        Assert.Null(request.Device);
        Assert.Null(request.HostMemory);
        Assert.Equal(2, request.Threads);
        Assert.Equal(0, request.Warmup.SlowCalls);
    }

    [Theory]
    [InlineData("cuda", Effort.Quick, 0, null)]
    [InlineData("tensorrt", Effort.Quick, 0, "/models/engines")]
    [InlineData("tensorrt", Effort.Standard, 0, "/models/engines")]
    [InlineData("tensorrt", Effort.Publish, 0, null)]
    [InlineData("tensorrt", Effort.Publish, 2, null)]
    [InlineData("tensorrt", Effort.Publish, 3, "/models/engines")]
    public void Engines_are_kept_beside_the_models_but_what_is_published_builds_three_of_its_own(string provider, Effort effort, int repetition, string? folder)
    {
        Assign assign = AgentUnderTest.Assign(_folder, Gpu.Uuid);
        (assign.Launch.Provider, assign.Launch.Effort, assign.Launch.Repetition) = (provider, (int)effort, repetition);
        Assert.Equal(folder, LaunchPlan.Read(assign, Gpu).Plan!.Request(Gpu, new ModelFile { Path = "/models/m.onnx", Format = "onnx" }, "/work").CacheDir);
    }

    [Theory]
    [InlineData("", "free")]
    [InlineData("max", "max")]
    [InlineData("1590", "1590")]
    public void An_assignment_names_a_clock_policy_or_means_the_default(string clocks, string policy)
    {
        Assign assign = AgentUnderTest.Assign(_folder, Gpu.Uuid);
        assign.Launch.Clocks = clocks;
        Assert.Equal(policy, LaunchPlan.Read(assign, Gpu).Plan!.Clocks.ToString());
    }

    [Fact]
    public void A_clock_policy_of_tomorrow_is_refused()
    {
        Assign assign = AgentUnderTest.Assign(_folder, Gpu.Uuid);
        assign.Launch.Clocks = "turbo";
        (LaunchPlan? plan, string problem) = LaunchPlan.Read(assign, Gpu);
        Assert.Null(plan);
        Assert.Equal("the assignment cannot be run: clocks turbo", problem);
    }

    [Fact]
    public void A_worker_is_asked_for_the_loop_only_where_energy_is_measured()
    {
        LaunchPlan plan = LaunchPlan.Read(AgentUnderTest.Assign(_folder, Gpu.Uuid), Gpu).Plan!;
        var model = new ModelFile { Path = "/m/a.onnx", Format = "onnx" };
        Assert.Null(plan.Request(Gpu, model, "/work").Energy);
        Assert.Equal(10_000, (plan with { EnergyLoop = new EnergyTimes().Loop }).Request(Gpu, model, "/work").Energy!.MinMs);
    }

    private LaunchRequest Request(Device device, Scope scope)
    {
        Assign assign = AgentUnderTest.Assign(_folder, device.Uuid);
        assign.Launch.Scope = (int)scope;
        assign.Launch.Effort = (int)Effort.Quick;
        return LaunchPlan.Read(assign, device).Plan!.Request(device, new ModelFile { Path = "/m/a.onnx", Format = "onnx" }, "/work");
    }
}
