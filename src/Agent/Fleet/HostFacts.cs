using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Fleetmark.Agent.Telemetry;

namespace Fleetmark.Agent.Fleet;

/// <summary>
/// What can be said about this machine before a launch. Read anew each time: governors and limits change while an agent lives. What is not known is null.
/// </summary>
internal sealed class HostFacts(HostFiles files)
{
    private const long KibPerGib = 1 << 20;

    /// <summary>Hardware and system, without anything that names this one machine.</summary>
    internal JsonObject Read()
    {
        var group = new ControlGroup(files);
        return new JsonObject
        {
            ["cpu"] = files.Value("proc/cpuinfo", "model name"),
            ["microcode"] = files.Value("proc/cpuinfo", "microcode"),
            ["architecture"] = RuntimeInformation.OSArchitecture.ToString(),
            ["onlineCpus"] = files.Text("sys/devices/system/cpu/online"),
            ["governor"] = Governors(),
            ["turbo"] = Turbo(),
            ["smt"] = files.Text("sys/devices/system/cpu/smt/control"),
            ["numaNodes"] = NumaNodes(),
            ["kernel"] = files.Text("proc/sys/kernel/osrelease"),
            ["clockSource"] = files.Text("sys/devices/system/clocksource/clocksource0/current_clocksource"),
            ["memoryGib"] = MemoryGib(),
            ["cpuQuota"] = group.CpuQuota(),
            ["memoryLimit"] = group.MemoryLimit(),
        };
    }

    /// <summary>Rounded: kernels of one machine reserve some MiB more or less.</summary>
    private long? MemoryGib() => long.TryParse((files.Value("proc/meminfo", "MemTotal") ?? "").Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long kib)
        ? (kib + (KibPerGib / 2)) / KibPerGib
        : null;

    /// <summary>The governors of all cores, each once: a single core on another one spoils what runs on it.</summary>
    private string? Governors()
    {
        string[] governors =
        [
            .. files.Names("sys/devices/system/cpu").Where(IsCore).Select(core => files.Text($"sys/devices/system/cpu/{core}/cpufreq/scaling_governor")).OfType<string>()
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        return governors.Length == 0 ? null : string.Join(',', governors);
    }

    private static bool IsCore(string name) => name.Length > 3 && name.StartsWith("cpu", StringComparison.Ordinal) && name.AsSpan(3).IndexOfAnyExceptInRange('0', '9') < 0;

    private bool? Turbo() => files.Number("sys/devices/system/cpu/intel_pstate/no_turbo") is { } off ? off == 0
        : files.Number("sys/devices/system/cpu/cpufreq/boost") is { } on ? on == 1
        : null;

    private int? NumaNodes()
    {
        int nodes = files.Names("sys/devices/system/node").Count(name => name.StartsWith("node", StringComparison.Ordinal) && name.Length > 4 && char.IsAsciiDigit(name[4]));
        return nodes == 0 ? null : nodes;
    }
}
