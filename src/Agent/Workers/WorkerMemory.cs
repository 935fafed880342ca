using System.Globalization;
using Fleetmark.Agent.Telemetry;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Workers;

/// <summary>
/// How much memory a worker may use. It is counted from outside and not limited by the kernel: .NET and CUDA reserve address space they never use, and a control group of
/// one's own is not to be had everywhere.
/// </summary>
internal sealed class WorkerMemory(HostFiles files, IOptions<AgentOptions> options)
{
    private const long BytesPerMib = 1 << 20;
    private const long LeastReserve = 1L << 30;
    private const int ReservedShare = 8;

    /// <summary>Most bytes for a worker and what it starts; the largest number where neither the configuration nor the kernel names any.</summary>
    internal long LimitBytes { get; } = options.Value.WorkerMemoryMib is { } mib ? mib * BytesPerMib : Default(MachineMemory.Bytes(files));

    /// <summary>How many processes the kernel ended so far for want of memory; null when it does not tell.</summary>
    internal long? SystemKills() => new ControlGroup(files).OutOfMemoryKills()
        ?? (long.TryParse(files.Value("proc/vmstat", "oom_kill"), NumberStyles.None, CultureInfo.InvariantCulture, out long kills) ? kills : null);

    /// <summary>Begins to watch a worker.</summary>
    internal MemoryWatch Watch(int processId, TimeProvider clock) => new(files, processId, LimitBytes, clock);

    /// <summary>Both numbers, for people.</summary>
    internal string Told(long usedBytes) => LimitBytes == long.MaxValue
        ? $"{Mib(usedBytes)} MiB were used"
        : $"{Mib(usedBytes)} MiB were used, {Mib(LimitBytes)} MiB are allowed (Agent:WorkerMemoryMib)";

    /// <summary>What a machine with <paramref name="total"/> bytes leaves to a worker.</summary>
    internal static long Default(long? total) => total is { } all ? Math.Max(all / 2, all - Math.Max(LeastReserve, all / ReservedShare)) : long.MaxValue;

    private static string Mib(long bytes) => (bytes / BytesPerMib).ToString(CultureInfo.InvariantCulture);
}
