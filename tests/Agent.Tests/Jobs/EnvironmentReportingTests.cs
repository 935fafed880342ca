using System.Text.Json;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Jobs;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Results;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Tests.Jobs;

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
        return new EnvironmentReporting(new HostFacts(new HostFiles(_folder.Path))).Describe(LaunchPlan.Read(assign, device).Plan!, device, hello ?? Hello, result);
    }
}
