using Fleetmark.Agent.Telemetry;

namespace Fleetmark.Agent.Fleet;

/// <summary>
/// Gives each GPU a core for its workers: near the GPU, not core 0 where there are others (the kernel's own work runs there), no core twice, and no two threads of one
/// core, as long as there are enough.
/// </summary>
internal sealed class CoreChoice(HostFiles files, IReadOnlyList<int> allowed)
{
    private readonly HashSet<int> _taken = [];

    /// <summary>The core for the GPU at an address on the bus.</summary>
    /// <param name="pciId">Such as <c>0000:3b:00.0</c>; null where it is not known.</param>
    internal int For(string? pciId)
    {
        IReadOnlyList<int> near = pciId is not null && CpuList.Parse(files.Text($"sys/bus/pci/devices/{pciId}/local_cpulist") ?? "") is { } local ? [.. allowed.Intersect(local)] : allowed;
        int core = Wishes(near).Concat(Wishes(allowed)).Append(allowed[^1]).First();
        _taken.Add(core);
        return core;
    }

    /// <summary>The free ones among <paramref name="cores"/>, best first.</summary>
    private IEnumerable<int> Wishes(IReadOnlyList<int> cores)
    {
        int[] free = [.. cores.Where(core => !_taken.Contains(core))];
        return free.Where(core => core != 0 && !Siblings(core).Any(other => other == 0 || _taken.Contains(other))).Concat(free.Where(core => core != 0)).Concat(free);
    }

    /// <summary>The other threads of a core.</summary>
    private IEnumerable<int> Siblings(int core) =>
        (CpuList.Parse(files.Text($"sys/devices/system/cpu/cpu{core}/topology/thread_siblings_list") ?? "") ?? []).Where(other => other != core);
}
