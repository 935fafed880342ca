using System.Globalization;
using System.Runtime.InteropServices;

namespace Fleetmark.Agent.Telemetry;

/// <summary>Time of some cores since boot, in clock ticks (proc(5), <c>/proc/stat</c>).</summary>
/// <param name="Busy">Used by processes and the kernel.</param>
/// <param name="Stolen">Given to others by the hypervisor.</param>
/// <param name="Total">Everything, idle time included.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CpuTimes(long Busy, long Stolen, long Total)
{
    private const int Idle = 3;
    private const int WaitingForDisk = 4;
    private const int Steal = 7;

    /// <summary>Sums the lines of <paramref name="cores"/>; null when one is missing.</summary>
    internal static CpuTimes? Parse(string stat, IReadOnlyList<int> cores)
    {
        var sum = default(CpuTimes);
        int found = 0;
        foreach (string line in stat.Split('\n'))
        {
            if (!line.StartsWith("cpu", StringComparison.Ordinal)) break;
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!int.TryParse(words[0].AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out int core) || !cores.Contains(core)) continue;
            // Guest time, the fields behind steal, is part of user time already.
            long[] ticks = [.. words.Skip(1).Take(Steal + 1).Select(word => long.Parse(word, CultureInfo.InvariantCulture))];
            if (ticks.Length <= Steal) return null;
            long total = ticks.Sum();
            sum = new CpuTimes(sum.Busy + total - ticks[Idle] - ticks[WaitingForDisk] - ticks[Steal], sum.Stolen + ticks[Steal], sum.Total + total);
            found++;
        }

        return found == cores.Count ? sum : null;
    }
}
