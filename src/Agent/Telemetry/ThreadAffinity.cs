using System.Runtime.InteropServices;

namespace Fleetmark.Agent.Telemetry;

/// <summary>On which cores the calling thread may run (sched_setaffinity(2)).</summary>
internal static unsafe partial class ThreadAffinity
{
    private const int LargestCore = 4095;
    private const int MaskBytes = (LargestCore + 1) / 8;
    private const int CallingThread = 0;

    /// <summary>Keeps the calling thread off some cores, unless it has no others; where the system refuses, it stays where it is.</summary>
    internal static void KeepOff(IReadOnlyList<int> cores)
    {
        byte* mask = stackalloc byte[MaskBytes];
        int length = Get(CallingThread, MaskBytes, mask);
        if (length < 0) return;
        foreach (int core in cores) mask[core / 8] &= (byte)~(1 << (core % 8));
        if (new ReadOnlySpan<byte>(mask, MaskBytes).IndexOfAnyExcept((byte)0) >= 0) _ = Set(CallingThread, MaskBytes, mask);
    }

    /// <summary>The cores of the calling thread.</summary>
    internal static IReadOnlyList<int> Cores()
    {
        byte* mask = stackalloc byte[MaskBytes];
        if (Get(CallingThread, MaskBytes, mask) < 0) return [];
        var cores = new List<int>();
        for (int core = 0; core <= LargestCore; core++)
            if ((mask[core / 8] & (1 << (core % 8))) != 0) cores.Add(core);
        return cores;
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int Get(int thread, nuint length, byte* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int Set(int thread, nuint length, byte* mask);
}
