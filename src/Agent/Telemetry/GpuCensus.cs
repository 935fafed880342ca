using System.Runtime.InteropServices;

namespace Fleetmark.Agent.Telemetry;

/// <summary>The processes that compute on a GPU at one moment.</summary>
/// <param name="Count">All of them.</param>
/// <param name="Strangers">Those that are not the worker's, as far as that can be told.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GpuCensus(int Count, int Strangers)
{
    private const string HostProcesses = "pid:[4026531836]";

    /// <summary>
    /// Counts. Inside a container the driver may list numbers of the host, of the container or of threads, none of which can be compared with the worker's: then one
    /// process is taken to be the worker, and every further one is a stranger.
    /// </summary>
    /// <param name="listed">Numbers as the driver lists them.</param>
    /// <param name="own">The worker and what it started; null inside a container.</param>
    internal static GpuCensus Of(IReadOnlyList<uint> listed, IReadOnlySet<int>? own) =>
        new(listed.Count, own is null ? Math.Max(0, listed.Count - 1) : listed.Count(process => !own.Contains((int)process)));

    /// <summary>True where process numbers are those of the machine: the namespace of its first process has a fixed number (proc_ns.h of the kernel).</summary>
    internal static bool NumbersAreTheHosts(HostFiles files) => files.Link("proc/self/ns/pid") == HostProcesses;

    /// <summary>
    /// Whether somebody else computed on the device: there was a process before the launch, a stranger during it, or one is left when the worker is gone and the driver had
    /// its time to notice. Null when the driver does not list processes.
    /// </summary>
    internal static bool? HasForeign(GpuCensus? before, IEnumerable<GpuCensus?> during, GpuCensus? after)
    {
        GpuCensus?[] seen = [.. during];
        if (before?.Count > 0 || after?.Count > 0 || seen.Any(census => census?.Strangers > 0)) return true;
        return before is null || after is null || seen.Contains(null) ? null : false;
    }
}
