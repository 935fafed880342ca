using System.Text.Json;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Jobs;
using Fleetmark.Agent.Nvml;
using Fleetmark.Agent.Nvml.Replay;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Tests.Nvml;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Results;
using Fleetmark.Measurement.Launches;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Tests.Jobs;

[Collection(nameof(OneLibraryAtATime))]
public sealed class EnvironmentReportingTests : IDisposable
{
    private static readonly Device Cpu = new() { Uuid = "cpu-1", Vendor = "cpu", Name = "CPU", MemoryMib = 1, Cpus = [0, 1] };
    private static readonly HelloMessage Hello = new() { Protocol = 1, Worker = "fake", Version = "1", Runtime = "Fake Runtime", RuntimeVersion = "1.0" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Equal_surroundings_are_one()
    {
        EnvironmentReport one = Describe(), other = Describe();
        Assert.Equal(one.Fingerprint, other.Fingerprint);
        Assert.Equal(one.Comparable, other.Comparable);
        Assert.NotEqual(one.Fingerprint, one.Comparable);
    }

    [Fact]
    public void What_only_names_the_machine_or_the_build_leaves_results_comparable()
    {
        AssertComparable(true, Describe(device: Cpu with { Uuid = "cpu-2" }));
        AssertComparable(true, Describe(device: Cpu with { Cpus = [2, 3] }));
        AssertComparable(true, Describe(hello: Hello with { Version = "2" }));
        AssertComparable(true, Describe(worker: """{"allowedCpus":"2-3","simd":"avx2"}"""));
    }

    [Fact]
    public void What_can_move_a_number_does_not()
    {
        AssertComparable(false, Describe(device: Cpu with { Name = "Another CPU" }));
        AssertComparable(false, Describe(device: Cpu with { Cpus = [0] }));
        AssertComparable(false, Describe(hello: Hello with { RuntimeVersion = "1.1" }));
        AssertComparable(false, Describe(worker: """{"allowedCpus":"0-1","simd":"avx512"}"""));
        AssertComparable(false, Describe(option: "fast"));
        _folder.Save("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave");
        EnvironmentReport saving = Describe();
        _folder.Save("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance");
        AssertComparable(false, saving);
    }

    /// <summary>Everything the fingerprint of a GPU launch is made of, and whether a change of it leaves results comparable.</summary>
    public static TheoryData<string, bool> Items => new(Changes.Select(c => (c.Key, c.Value.LeavesComparable)));

    private static Dictionary<string, (bool LeavesComparable, Action<Surroundings> Change)> Changes { get; } = new(StringComparer.Ordinal)
    {
        ["device name"] = (false, s => s.Device = s.Device with { Name = "Tesla T4G" }),
        ["device uuid"] = (true, s => s.Gpu("uuid", "\"GPU-2\"")),
        ["bus address"] = (true, s => s.Gpu("pciId", "\"0000:5e:00.0\"")),
        ["compute capability"] = (false, s => s.Device = s.Device with { ComputeCapability = "8.6" }),
        ["vbios"] = (false, s => s.Gpu("vbios", "\"90.04.38.00.04\"")),
        ["device memory"] = (false, s => s.Gpu("memoryMib", "15109")),
        ["ecc"] = (false, s => s.Gpu("ecc", "false")),
        ["persistence"] = (false, s => s.Gpu("persistence", "false")),
        ["default power limit"] = (false, s => s.Gpu("defaultPowerLimitMw", "75000")),
        ["power limit"] = (false, s => s.Gpu("powerLimitMw", "60000")),
        ["maximum SM clock"] = (false, s => s.Gpu("maxSm", "1395")),
        ["maximum memory clock"] = (false, s => s.Gpu("maxMem", "5002")),
        ["applications SM clock"] = (false, s => s.Gpu("applicationsSm", "600")),
        ["applications memory clock"] = (false, s => s.Gpu("applicationsMem", "5002")),
        ["clock policy"] = (false, s => s.Assign.Launch.Clocks = "base"),
        ["pcie generation"] = (false, s => s.Link = s.Link with { Generation = 1 }),
        ["pcie width"] = (false, s => s.Link = s.Link with { Width = 8 }),
        ["driver"] = (false, s => s.Gpu("driver", "\"580.65\"")),
        ["CUDA of the driver"] = (false, s => s.Gpu("cuda", "\"13.0\"")),
        ["replayed or real"] = (false, s => s.Device = s.Device with { IsSimulated = false }),
        ["flavour"] = (false, s => s.Assign.Launch.Flavour = "ort131-cuda13"),
        ["provider"] = (false, s => s.Assign.Launch.Provider = "tensorrt"),
        ["effective option"] = (false, s => s.Assign.Launch.Options["prefer_nhwc"] = "1"),
        ["runtime"] = (false, s => s.Hello = s.Hello with { Runtime = "Another" }),
        ["runtime version"] = (false, s => s.Hello = s.Hello with { RuntimeVersion = "1.1" }),
        ["worker"] = (false, s => s.Hello = s.Hello with { Worker = "other" }),
        ["worker version"] = (true, s => s.Hello = s.Hello with { Version = "2" }),
        ["protocol"] = (false, s => s.Hello = s.Hello with { Protocol = 2 }),
        ["threads"] = (false, s => s.Device = s.Device with { Cpus = [0, 1] }),
        ["which core"] = (true, s => s.Device = s.Device with { Cpus = [1] }),
        ["image"] = (true, s => s.Image = "sha256:" + new string('b', 64)),
        ["native runtime"] = (false, s => s.Own("runtimeNative", "1.1")),
        ["build of the runtime"] = (false, s => s.Own("runtimeBuild", "git-commit-id=2")),
        ["managed runtime"] = (false, s => s.Own("runtimeManaged", "1.1")),
        ["CUDA runtime"] = (false, s => s.Own("cuda", "12.9")),
        ["cuDNN"] = (false, s => s.Own("cudnn", "9.11.0")),
        ["TensorRT"] = (false, s => s.Own("tensorrt", "10.5.0")),
        [".NET"] = (false, s => s.Own("dotnet", "10.0.9")),
        [".NET knob"] = (false, s => s.Own("tieredPgo", "1")),
        ["allowed cores"] = (true, s => s.Own("allowedCpus", "2-3")),
        ["cpu"] = (false, s => s.File("proc/cpuinfo", "model name : Another\nmicrocode : 0x1\n")),
        ["microcode"] = (false, s => s.File("proc/cpuinfo", "model name : CPU\nmicrocode : 0x2\n")),
        ["online cores"] = (false, s => s.File("sys/devices/system/cpu/online", "0-3")),
        ["governor of the second core"] = (false, s => s.File("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "powersave")),
        ["turbo"] = (false, s => s.File("sys/devices/system/cpu/cpufreq/boost", "0")),
        ["smt"] = (false, s => s.File("sys/devices/system/cpu/smt/control", "off")),
        ["NUMA"] = (false, s => s.File("sys/devices/system/node/node1/cpulist", "1")),
        ["kernel"] = (false, s => s.File("proc/sys/kernel/osrelease", "6.2")),
        ["clock source"] = (false, s => s.File("sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet")),
        ["memory"] = (false, s => s.File("proc/meminfo", "MemTotal: 33554432 kB")),
        ["CPU quota"] = (false, s => s.File("sys/fs/cgroup/cpu.max", "100000 100000")),
        ["memory limit"] = (false, s => s.File("sys/fs/cgroup/memory.max", "1073741824")),
    };

    [Theory]
    [MemberData(nameof(Items))]
    public void Each_item_changes_the_fingerprint_and_those_that_can_move_a_number_the_comparable_part_too(string item, bool leavesComparable)
    {
        using Surroundings before = new(), after = new();
        Changes[item].Change(after);
        EnvironmentReport one = before.Describe(), other = after.Describe();

        Assert.NotEqual(one.Fingerprint, other.Fingerprint);
        Assert.Equal(leavesComparable, one.Comparable.SequenceEqual(other.Comparable));
    }

    [Fact]
    public void What_is_known_stands_beside_the_detail()
    {
        using Surroundings surroundings = new();
        EnvironmentReport report = surroundings.Describe();

        Assert.Equal(("570.86.15", "12.8", "9.10.2", "10.4.0"), (report.Driver, report.Cuda, report.Cudnn, report.Tensorrt));
        Assert.Equal("sha256:" + new string('a', 64), report.ImageDigest);
        Assert.Null(Describe().Driver);
        Assert.Null(Describe().Cuda);
    }

    [Fact]
    public void A_card_that_is_lost_is_described_by_what_is_known_without_it()
    {
        using Surroundings surroundings = new();
        surroundings.Gpu("uuid", "\"GPU-2\"", alsoTheDevice: false);

        JsonElement device = surroundings.Describe().Detail.GetProperty("device");

        Assert.Equal(("GPU-1", "Tesla T4", "7.5"), (device.GetProperty("uuid").GetString(), device.GetProperty("name").GetString(), device.GetProperty("computeCapability").GetString()));
        Assert.False(device.TryGetProperty("vbios", out _));
    }

    [Fact]
    public void Options_that_repeat_the_shape_of_the_cell_are_no_surroundings()
    {
        EnvironmentReport shaped = Describe(option: "8", optionName: "free_dimension.N");
        Assert.Equal(Describe().Fingerprint, shaped.Fingerprint);
    }

    private void AssertComparable(bool expected, EnvironmentReport other)
    {
        EnvironmentReport one = Describe();
        Assert.NotEqual(one.Fingerprint, other.Fingerprint);
        Assert.Equal(expected, one.Comparable.SequenceEqual(other.Comparable));
    }

    private EnvironmentReport Describe(
        Device? device = null, HelloMessage? hello = null, string worker = """{"allowedCpus":"0-1","simd":"avx2"}""", string? option = null, string optionName = "mode")
    {
        Assign assign = AgentUnderTest.Assign(_folder, "cpu-1");
        assign.Launch.Options.Clear();
        if (option is not null) assign.Launch.Options[optionName] = option;
        device ??= Cpu;
        var result = new ResultMessage { WindowStart = 0, WindowEnd = 1, Output = new OutputReport { Finite = true }, Environment = JsonElement.Parse(worker) };
        return new EnvironmentReporting(new HostFacts(new HostFiles(_folder.Path)), new DeviceFacts(NvmlLibrary.Open(null)), Options.Create(new AgentOptions()))
            .Describe(LaunchPlan.Read(assign, device).Plan!, device, hello ?? Hello, result, default);
    }

    /// <summary>A machine with a replayed T4, described as often as asked; each item of it can be changed.</summary>
    private sealed class Surroundings : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly Dictionary<string, string> _own = new(StringComparer.Ordinal)
        {
            ["runtimeNative"] = "1.0",
            ["runtimeBuild"] = "git-commit-id=1",
            ["runtimeManaged"] = "1.0",
            ["cuda"] = "12.8",
            ["cudnn"] = "9.10.2",
            ["tensorrt"] = "10.4.0",
            ["dotnet"] = "10.0.1",
            ["tieredPgo"] = "0",
            ["allowedCpus"] = "0-1",
        };

        private readonly Dictionary<string, string> _gpu = new(StringComparer.Ordinal)
        {
            ["device"] = "0",
            ["uuid"] = "\"GPU-1\"",
            ["name"] = "\"Tesla T4\"",
            ["computeCapability"] = "\"7.5\"",
            ["memoryMib"] = "15360",
            ["pciId"] = "\"0000:3b:00.0\"",
            ["vbios"] = "\"90.04.38.00.03\"",
            ["driver"] = "\"570.86.15\"",
            ["cuda"] = "\"12.8\"",
            ["defaultPowerLimitMw"] = "70000",
            ["powerLimitMw"] = "70000",
            ["ecc"] = "true",
            ["persistence"] = "true",
            ["maxSm"] = "1590",
            ["maxMem"] = "5001",
            ["applicationsSm"] = "585",
            ["applicationsMem"] = "5001",
        };

        private NvmlLibrary? _library;

        internal Surroundings()
        {
            File("proc/cpuinfo", "model name : CPU\nmicrocode : 0x1\n");
            File("proc/self/cgroup", "0::/");
            File("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance");
            File("sys/devices/system/node/node0/cpulist", "0");
            Assign = AgentUnderTest.Assign(_folder, "GPU-1");
            Assign.Launch.Options.Clear();
        }

        internal Assign Assign { get; }

        internal Device Device { get; set; } =
            new() { Uuid = "GPU-1", Vendor = "nvidia", Name = "Tesla T4", MemoryMib = 15360, Cpus = [0], ComputeCapability = "7.5", IsSimulated = true };

        internal HelloMessage Hello { get; set; } = EnvironmentReportingTests.Hello;

        internal PcieLink Link { get; set; } = new(3, 16);

        internal string Image { get; set; } = "sha256:" + new string('a', 64);

        /// <summary>Changes what the driver says of the card.</summary>
        internal void Gpu(string key, string json, bool alsoTheDevice = true)
        {
            _gpu[key] = json;
            if (key == "uuid" && alsoTheDevice) Device = Device with { Uuid = json.Trim('"') };
        }

        /// <summary>Changes what the worker says of itself.</summary>
        internal void Own(string key, string value) => _own[key] = value;

        /// <summary>Changes what the kernel says.</summary>
        internal void File(string path, string text) => _folder.Save(path, text);

        internal EnvironmentReport Describe()
        {
            string replay = _folder.Save("replay.jsonl", $"{{{string.Join(',', _gpu.Select(f => $"\"{f.Key}\":{f.Value}"))}}}");
            _library?.Dispose();
            _library = NvmlReplay.Open(replay, TimeProvider.System);
            var result = new ResultMessage { WindowStart = 0, WindowEnd = 1, Output = new OutputReport { Finite = true }, Environment = JsonSerializer.SerializeToElement(_own) };
            return new EnvironmentReporting(new HostFacts(new HostFiles(_folder.Path)), new DeviceFacts(_library), Options.Create(new AgentOptions { ImageDigest = Image }))
                .Describe(LaunchPlan.Read(Assign, Device).Plan!, Device, Hello, result, Link);
        }

        public void Dispose()
        {
            _library?.Dispose();
            _folder.Dispose();
        }
    }
}
