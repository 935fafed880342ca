using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Nvml;
using Fleetmark.Agent.Nvml.Replay;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Tests.Nvml;
using Fleetmark.Documents;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Tests.Fleet;

[Collection(nameof(OneLibraryAtATime))]
public sealed class DeviceInventoryTests : IDisposable
{
    private readonly TemporaryFolder _root = new();
    private readonly TemporaryFolder _data = new();

    public DeviceInventoryTests()
    {
        _root.Save("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        _root.Save("proc/cpuinfo", "processor\t: 0\nmodel name\t: Example CPU @ 2 GHz\nmicrocode\t: 0x1\n");
        _root.Save("proc/self/status", "Name:\tx\nCpus_allowed_list:\t0-3,8\n");
        _root.Save("proc/meminfo", "MemTotal:        8388608 kB\n");
        _root.Save("proc/self/cgroup", "0::/\n");
    }

    public void Dispose()
    {
        _root.Dispose();
        _data.Dispose();
    }

    [Fact]
    public void The_cpu_of_the_machine_is_one_device()
    {
        Device cpu = Assert.Single(Find());
        Assert.Equal("cpu", cpu.Vendor);
        Assert.Equal("Example CPU @ 2 GHz", cpu.Name);
        Assert.Equal(8192, cpu.MemoryMib);
        Assert.Equal([0, 1, 2, 3, 8], cpu.Cpus);
        Assert.Matches("^cpu-[0-9a-f]{16}$", cpu.Uuid);
        Assert.DoesNotContain("0123456789", cpu.Uuid, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_identity_stays_and_another_machine_has_another()
    {
        string uuid = Find()[0].Uuid;
        Assert.Equal(uuid, Find()[0].Uuid);
        _root.Save("etc/machine-id", "ffffffffffffffffffffffffffffffff\n");
        Assert.NotEqual(uuid, Find()[0].Uuid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("uninitialized\n")]
    public void A_machine_without_an_id_gets_one_that_is_kept_with_the_data(string machineId)
    {
        _root.Save("etc/machine-id", machineId);
        string uuid = Find()[0].Uuid;
        Assert.Equal(uuid, Find()[0].Uuid);
        File.Delete(_data.At("machine-id"));
        Assert.NotEqual(uuid, Find()[0].Uuid);
    }

    [Fact]
    public void Configuration_narrows_the_cores()
    {
        Assert.Equal([1, 8], Find("1,8-9")[0].Cpus);
        Assert.Equal("no-core", Assert.Throws<ProblemException>(() => Find("5")).Problems[0].Code);
    }

    [Fact]
    public void A_quota_pays_for_whole_cores_only()
    {
        _root.Save("sys/fs/cgroup/cpu.max", "250000 100000\n");
        Assert.Equal([0, 1], Find()[0].Cpus);
        _root.Save("sys/fs/cgroup/cpu.max", "50000 100000\n");
        Assert.Equal([0], Find()[0].Cpus);
    }

    [Fact]
    public void A_limit_of_the_control_group_is_the_memory()
    {
        _root.Save("sys/fs/cgroup/memory.max", "1073741824\n");
        Assert.Equal(1024, Find()[0].MemoryMib);
    }

    [Fact]
    public void Every_gpu_is_a_device_with_a_core_of_its_own()
    {
        IReadOnlyList<Device> devices = Find(gpus: Replayed(
            """{"device":0,"uuid":"GPU-a","name":"Tesla T4","computeCapability":"7.5","memoryMib":15360}""",
            """{"device":1,"uuid":"GPU-b","name":"Tesla V100-SXM2-16GB","computeCapability":"7.0","memoryMib":16160}"""));
        Assert.Equal(["cpu", "nvidia", "nvidia"], devices.Select(device => device.Vendor));
        Assert.Equal(("GPU-a", "Tesla T4", 15360, "7.5"), (devices[1].Uuid, devices[1].Name, devices[1].MemoryMib, devices[1].ComputeCapability));
        Assert.Equal(("GPU-b", "7.0"), (devices[2].Uuid, devices[2].ComputeCapability));
        Assert.Equal([1], devices[1].Cpus);
        Assert.Equal([2], devices[2].Cpus);
        Assert.Equal([0, 1, 2, 3, 8], devices[0].Cpus);
        Assert.Equal([false, true, true], devices.Select(device => device.IsSimulated));
    }

    private IReadOnlyList<Device> Find(string cpus = "", NvmlLibrary? gpus = null) =>
        new DeviceInventory(new HostFiles(_root.Path), gpus ?? NvmlLibrary.Open(null), Options.Create(new AgentOptions { DataFolder = _data.Path, Cpus = cpus })).Find();

    private NvmlLibrary Replayed(params string[] lines) => NvmlReplay.Open(_data.Save("replay.jsonl", string.Join('\n', lines)), TimeProvider.System);
}
