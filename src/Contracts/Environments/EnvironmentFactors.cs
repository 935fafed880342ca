using Fleetmark.Documents;

namespace Fleetmark.Contracts.Environments;

/// <summary>The factors by the places of an environment's detail, and which of them come along with another.</summary>
public static class EnvironmentFactors
{
    private const string OptionPlace = "software.options.";
    private const string WorkerPlace = "worker.";
    private const string Option = "option";
    private const string Worker = "worker";

    /// <summary>
    /// In the order they are told. With a declared factor go those that name it: another card has another VBIOS, another runtime other options. The driver and the CUDA
    /// version it knows are one.
    /// </summary>
    private static readonly Entry[] Known =
    [
        new("device", "device", ["device.vendor", "device.name"]),
        new("compute-capability", "compute capability", ["device.computeCapability"], "device"),
        new("driver", "driver", ["device.driver", "device.cudaDriver"]),
        new("vbios", "VBIOS", ["device.vbios"], "device"),
        new("device-memory", "device memory", ["device.memoryBytes"], "device"),
        new("ecc", "ECC", ["device.ecc"]),
        new("mig", "MIG", ["device.mig"]),
        new("persistence", "persistence mode", ["device.persistence"]),
        new("power-limit", "power limit", ["device.defaultPowerLimitW", "device.powerLimitW"], "device"),
        new("clocks", "clocks", ["device.maximumSmClockMhz", "device.maximumMemoryClockMhz", "device.applicationsSmClockMhz", "device.applicationsMemoryClockMhz", "device.clockPolicy", "device.lockedSmClockMhz"], "device"),
        new("pcie", "PCIe link", ["device.pcieGeneration", "device.pcieWidth"]),
        new("simulation", "replayed telemetry", ["device.simulated"]),
        new("runtime", "runtime", ["software.flavour", "software.runtime", "software.worker", "worker.flavour"]),
        new("runtime-version", "runtime version", ["software.runtimeVersion", "worker.runtimeNative", "worker.runtimeManaged"], "runtime"),
        new("runtime-build", "runtime build", ["worker.runtimeBuild"], "runtime", "runtime-version"),
        new("provider", "provider", ["software.provider"]),
        new("cuda", "CUDA", ["worker.cuda"], "runtime"),
        new("cudnn", "cuDNN", ["worker.cudnn"], "runtime"),
        new("tensorrt", "TensorRT", ["worker.tensorrt"], "runtime"),
        new("threads", "threads", ["software.threads"]),
        new("dotnet", ".NET", ["worker.dotnet"], "runtime"),
        new("dotnet-settings", ".NET settings", ["worker.serverGc", "worker.gcConcurrent", "worker.tieredPgo"], "runtime"),
        new("protocol", "worker protocol", ["software.protocol"], "runtime"),
        new("os", "operating system", ["worker.os"], "runtime"),
        new("cpu", "CPU", ["host.cpu", "host.architecture", "worker.architecture"]),
        new("cores", "cores", ["host.onlineCpus"]),
        new("smt", "SMT", ["host.smt"]),
        new("numa", "NUMA nodes", ["host.numaNodes"]),
        new("memory", "memory", ["host.memoryGib"]),
        new("microcode", "microcode", ["host.microcode"]),
        new("governor", "governor", ["host.governor"]),
        new("turbo", "turbo", ["host.turbo"]),
        new("kernel", "kernel", ["host.kernel"]),
        new("clock-source", "clock source", ["host.clockSource"]),
        new("cpu-quota", "CPU quota", ["host.cpuQuota"]),
        new("memory-limit", "memory limit", ["host.memoryLimit"]),
        new("format", "format of the fingerprint", ["v"]),
    ];

    /// <summary>What of the host another CPU brings along, where the CPU is the device.</summary>
    private static readonly string[] OfTheCpu = ["cpu", "cores", "smt", "numa", "memory", "microcode"];

    /// <summary>Reads the words of <c>--allow-differences</c>, separated by commas, in any case.</summary>
    /// <param name="words">Such as <c>driver,vbios</c>.</param>
    /// <param name="where">Where they were written, for messages.</param>
    /// <returns>Keys.</returns>
    /// <exception cref="ProblemException">A word is nothing environments differ in; all such words.</exception>
    public static IReadOnlyList<string> Parse(string words, string where)
    {
        ArgumentNullException.ThrowIfNull(words);
        string[] keys = [.. words.Split(',').Select(word => word.Trim().ToLowerInvariant())];
        Problem[] problems = [.. keys.Where(key => !IsKnown(key)).Select(key => new Problem(
            "unknown-factor", where, $"'{key}' is nothing that environments differ in", Suggestion.Remedy(key, [.. Known.Select(f => f.Key), $"{Option}:NAME"])))];
        return problems.Length == 0 ? keys : throw new ProblemException(problems);
    }

    /// <summary>The factor of a place in a detail, such as <c>device.vbios</c>.</summary>
    internal static EnvironmentFactor Of(string place)
    {
        if (Array.Find(Known, f => f.Places.Contains(place, StringComparer.Ordinal)) is { } known) return new EnvironmentFactor(known.Key, known.Text);
        if (Named(place, OptionPlace) is { } option) return new EnvironmentFactor($"{Option}:{option.ToLowerInvariant()}", $"option {option}");
        return Named(place, WorkerPlace) is { } word ? new EnvironmentFactor($"{Worker}:{word.ToLowerInvariant()}", $"{word} of the worker") : new EnvironmentFactor(place, place);
    }

    /// <summary>Place of a factor in the order they are told; what is not known comes last.</summary>
    internal static int Rank(EnvironmentFactor factor) => Array.FindIndex(Known, f => f.Key == factor.Key) is >= 0 and var index ? index : Known.Length;

    /// <summary>True when a factor is declared, or comes along with one that is.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="declared">Keys of the declared ones.</param>
    /// <param name="isOnCpu">True when both environments are of a CPU.</param>
    internal static bool IsDeclared(EnvironmentFactor factor, IReadOnlyCollection<string> declared, bool isOnCpu)
    {
        if (declared.Contains(factor.Key)) return true;
        if (isOnCpu && OfTheCpu.Contains(factor.Key, StringComparer.Ordinal) && declared.Contains("device")) return true;
        if (factor.Key.StartsWith(Option + ':', StringComparison.Ordinal)) return declared.Contains("provider") || declared.Contains("runtime");
        if (factor.Key.StartsWith(Worker + ':', StringComparison.Ordinal)) return declared.Contains("runtime");
        return Array.Find(Known, f => f.Key == factor.Key) is { } known && known.With.Any(declared.Contains);
    }

    private static bool IsKnown(string key) =>
        Array.Exists(Known, f => f.Key == key) || ((string[])[Option, Worker]).Any(kind => key.Length > kind.Length + 1 && key.StartsWith(kind + ':', StringComparison.Ordinal));

    private static string? Named(string place, string begin) => place.StartsWith(begin, StringComparison.Ordinal) ? place[begin.Length..] : null;

    private sealed record Entry(string Key, string Text, string[] Places, params string[] With);
}
