using System.Text.Json.Nodes;
using Fleetmark.Contracts.Environments;

namespace Fleetmark.Contracts.Tests.Environments;

public sealed class OneFactorRuleTests
{
    private const string T4 = """
        {
          "v": 1,
          "device": { "uuid": "GPU-1", "vendor": "nvidia", "name": "Tesla T4", "computeCapability": "7.5", "pciId": "0000:3b:00.0", "vbios": "90.04.38.00.03", "memoryBytes": 16106127360,
            "driver": "570.86.15", "cudaDriver": "12.8", "ecc": true, "mig": null, "powerLimitW": 70, "defaultPowerLimitW": 70, "maximumSmClockMhz": 1590, "pcieGeneration": 3 },
          "host": { "name": "one", "cpu": "EPYC", "microcode": "0x1", "governor": "performance", "kernel": "6.1", "clockSource": "tsc" },
          "software": { "flavour": "ort122-cuda12", "runtime": "ONNX Runtime", "runtimeVersion": "1.22.1", "provider": "cuda", "options": { "use_tf32": "0", "prefer_nhwc": "0" }, "threads": 1,
            "cpus": [2], "agentVersion": "1.0+abc", "imageDigest": "sha256:a", "workerVersion": "1.0", "agentDotnet": ".NET 10.0.1" },
          "worker": { "runtimeNative": "1.22.1", "runtimeBuild": "git-commit-id=1", "cuda": "12.8", "cudnn": "9.10.2", "allowedCpus": "2", "simd": "avx2" }
        }
        """;

    private const string Cpu = """
        {
          "v": 1,
          "device": { "uuid": "cpu-1", "vendor": "cpu", "name": "EPYC" },
          "host": { "name": "one", "cpu": "EPYC", "microcode": "0x1", "onlineCpus": "0-1", "memoryGib": 8, "kernel": "6.1" },
          "software": { "provider": "cpu", "threads": 2 }
        }
        """;

    [Theory]
    [InlineData("")]
    [InlineData("device.uuid=\"GPU-2\" device.pciId=\"0000:5e:00.0\" host.name=\"two\" software.cpus=[3] worker.allowedCpus=\"3\"")]
    [InlineData("software.agentVersion=\"1.1+def\" software.imageDigest=\"sha256:b\" software.workerVersion=\"1.1\" software.agentDotnet=\".NET\"")]
    public void The_same_surroundings_are_controlled_whatever_they_are_called(string changes)
    {
        EnvironmentComparison comparison = Compare(T4, changes);

        Assert.True(comparison.IsControlled);
        Assert.Null(comparison.Note);
    }

    [Fact]
    public void Results_that_differ_in_driver_and_VBIOS_are_not_controlled()
    {
        EnvironmentComparison comparison = Compare(T4, "device.vbios=\"90.04.96.00.01\" device.driver=\"580.65\" device.cudaDriver=\"13.0\"");

        Assert.False(comparison.IsControlled);
        Assert.Equal("not controlled: differs in driver, VBIOS", comparison.Note);
        Assert.Equal(["driver", "vbios"], comparison.Differences.Select(d => d.Key));
    }

    [Theory]
    [InlineData("driver", "VBIOS")]
    [InlineData("vbios", "driver")]
    [InlineData("driver,vbios", "")]
    [InlineData("kernel", "driver, VBIOS")]
    public void A_declared_factor_is_no_difference(string declared, string left) =>
        Assert.Equal(left, string.Join(", ", Compare(T4, "device.vbios=\"x\" device.cudaDriver=\"13.0\"", declared).Differences.Select(d => d.Text)));

    [Theory]
    [InlineData("device.clockPolicy=\"base\" device.lockedSmClockMhz=585", "clocks")]
    [InlineData("device.ecc=false", "ECC")]
    [InlineData("device.mig=true", "MIG")]
    [InlineData("device.mig=null", "")]
    [InlineData("device.powerLimitW=60", "power limit")]
    [InlineData("device.maximumSmClockMhz=1395", "clocks")]
    [InlineData("device.pcieGeneration=1", "PCIe link")]
    [InlineData("host.governor=\"powersave\" host.clockSource=\"hpet\"", "governor, clock source")]
    [InlineData("software.options={\"use_tf32\":\"1\"}", "option prefer_nhwc, option use_tf32")]
    [InlineData("worker.cudnn=\"9.11.0\"", "cuDNN")]
    [InlineData("worker.simd=\"avx512\"", "simd of the worker")]
    [InlineData("host.moon=\"full\"", "host.moon")]
    [InlineData("worker=null", "runtime version, runtime build, CUDA, cuDNN, simd of the worker")]
    public void Differences_are_told_in_human_words(string changes, string differences) =>
        Assert.Equal(differences, string.Join(", ", Compare(T4, changes).Differences.Select(d => d.Text)));

    [Fact]
    public void Another_card_brings_its_own_hardware_along_but_not_its_settings()
    {
        const string V100 = "device.name=\"Tesla V100-SXM2-16GB\" device.computeCapability=\"7.0\" device.vbios=\"88.00\" device.memoryBytes=1 device.powerLimitW=300 device.defaultPowerLimitW=300 device.maximumSmClockMhz=1530";

        Assert.True(Compare(T4, V100, "device").IsControlled);
        Assert.Equal("not controlled: differs in ECC, kernel", Compare(T4, V100 + " device.ecc=false host.kernel=\"6.2\"", "device").Note);
        Assert.Equal(["device", "compute-capability", "vbios", "device-memory", "power-limit", "clocks"], Compare(T4, V100).Differences.Select(d => d.Key));
    }

    [Fact]
    public void Another_CPU_brings_its_host_along_and_another_card_does_not()
    {
        const string Other = "device.name=\"Xeon\" host.cpu=\"Xeon\" host.microcode=\"0x2\" host.onlineCpus=\"0-7\" host.memoryGib=64";

        Assert.True(Compare(Cpu, Other, "device").IsControlled);
        Assert.Equal("not controlled: differs in kernel", Compare(Cpu, Other + " host.kernel=\"6.2\"", "device").Note);
        Assert.Equal("not controlled: differs in CPU", Compare(T4, "device.name=\"Tesla V100\" host.cpu=\"Xeon\"", "device").Note);
    }

    [Fact]
    public void Another_runtime_brings_its_libraries_and_options_along()
    {
        const string Changes = "software.flavour=\"openvino-2026\" software.runtime=\"OpenVINO\" software.runtimeVersion=\"2026.1\" software.options={\"hint\":\"latency\"} worker=null";

        Assert.True(Compare(T4, Changes, "runtime").IsControlled);
        Assert.Equal("not controlled: differs in driver", Compare(T4, Changes + " device.driver=\"580\"", "runtime").Note);
        Assert.True(Compare(T4, "software.runtimeVersion=\"1.22.2\" worker.runtimeNative=\"1.22.2\" worker.runtimeBuild=\"2\"", "runtime-version").IsControlled);
    }

    [Theory]
    [InlineData("driver", "driver")]
    [InlineData("Driver, VBIOS", "driver vbios")]
    [InlineData("option:prefer_nhwc,clock-source", "option:prefer_nhwc clock-source")]
    [InlineData("worker:simd", "worker:simd")]
    public void Words_to_allow_are_read_in_any_case(string words, string keys) => Assert.Equal(keys, string.Join(' ', EnvironmentFactors.Parse(words, "--allow-differences")));

    [Theory]
    [InlineData("drivr", "--allow-differences: 'drivr' is nothing that environments differ in; did you mean 'driver'?")]
    [InlineData("driver,,vbios", "--allow-differences: '' is nothing")]
    [InlineData("option:", "--allow-differences: 'option:' is nothing")]
    public void A_word_that_means_nothing_is_refused_with_what_is_near(string words, string message)
    {
        var refused = Assert.Throws<Documents.ProblemException>(() => EnvironmentFactors.Parse(words, "--allow-differences"));

        Assert.StartsWith(message, Assert.Single(refused.Problems).ToString(), StringComparison.Ordinal);
    }

    /// <summary>Compares an environment with itself after changes, both ways round.</summary>
    private static EnvironmentComparison Compare(string detail, string changes, string declared = "")
    {
        JsonObject one = Parse(detail), other = Parse(detail);
        foreach (string change in changes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(new List<string>(), Joined))
        {
            string[] parts = change.Split('=', 2);
            string[] place = parts[0].Split('.');
            (place.Length == 1 ? other : (JsonObject)other[place[0]]!)[place[^1]] = JsonNode.Parse(parts[1]);
        }

        string[] keys = declared.Split(',', StringSplitOptions.RemoveEmptyEntries);
        EnvironmentComparison comparison = OneFactorRule.Compare(one, other, keys);
        Assert.Equal(comparison.Differences, OneFactorRule.Compare(other, one, keys).Differences);
        return comparison;
    }

    /// <summary>A word without a place belongs to the value before it.</summary>
    private static List<string> Joined(List<string> changes, string word)
    {
        if (word.Contains('=', StringComparison.Ordinal)) changes.Add(word);
        else changes[^1] += ' ' + word;
        return changes;
    }

    private static JsonObject Parse(string detail) => JsonNode.Parse(detail)!.AsObject();
}
