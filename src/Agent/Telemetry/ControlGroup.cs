using System.Globalization;

namespace Fleetmark.Agent.Telemetry;

/// <summary>
/// What the agent's control group allows; workers are in the same one. Versions 1 and 2, from the group up to the root as far as it is visible: a container sees its
/// own group as the root.
/// </summary>
internal sealed class ControlGroup(HostFiles files)
{
    private const long NoMemoryLimit = 1L << 60;

    /// <summary>Cores' worth of time the quota allows; null without a quota.</summary>
    internal double? CpuQuota()
    {
        double? lowest = null;
        foreach (string folder in Folders("cpu"))
        {
            double? here = files.Text(folder + "/cpu.max") is { } both ? Quotient(both.Split(' '))
                : Quotient([files.Text(folder + "/cpu.cfs_quota_us") ?? "", files.Text(folder + "/cpu.cfs_period_us") ?? ""]);
            if (here is { } quota && !(lowest <= quota)) lowest = quota;
        }

        return lowest;
    }

    /// <summary>Most memory in bytes; null without a limit.</summary>
    internal long? MemoryLimit()
    {
        long? lowest = null;
        foreach (string folder in Folders("memory"))
        {
            long? here = files.Number(folder + "/memory.max") ?? files.Number(folder + "/memory.limit_in_bytes");
            if (here is > 0 and < NoMemoryLimit and var limit && !(lowest <= limit)) lowest = limit;
        }

        return lowest;
    }

    /// <summary>How often the quota held the group back so far, summed upwards; null when no group tells.</summary>
    internal long? Throttled()
    {
        long? sum = null;
        foreach (string folder in Folders("cpu"))
        {
            if (files.Text(folder + "/cpu.stat") is null) continue;
            // A group that cannot be throttled has no such line: that is a count of nought.
            sum = (sum ?? 0) + (long.TryParse(files.Value(folder + "/cpu.stat", "nr_throttled"), NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count : 0);
        }

        return sum;
    }

    /// <summary>How many processes the kernel ended in the group so far because its memory was used up; null when no group tells.</summary>
    internal long? OutOfMemoryKills()
    {
        foreach (string folder in Folders("memory"))
        {
            string? count = files.Value(folder + "/memory.events", "oom_kill") ?? files.Value(folder + "/memory.oom_control", "oom_kill");
            if (long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out long kills)) return kills;
        }

        return null;
    }

    private IEnumerable<string> Folders(string controller)
    {
        foreach (string line in (files.Text("proc/self/cgroup") ?? "").Split('\n'))
        {
            string[] parts = line.Split(':', 3);
            if (parts.Length < 3) continue;
            string? mount = parts[1].Split(',').Contains(controller, StringComparer.Ordinal) ? "sys/fs/cgroup/" + controller
                : parts[1].Length == 0 ? "sys/fs/cgroup" : null;
            if (mount is null) continue;
            for (string path = parts[2].Trim('/'); ; path = path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : "")
            {
                yield return path.Length == 0 ? mount : $"{mount}/{path}";
                if (path.Length == 0) break;
            }
        }
    }

    private static double? Quotient(string[] words) =>
        words.Length == 2
        && long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out long quota)
        && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long period) && period > 0
            ? (double)quota / period
            : null;
}
