using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Protocol;

namespace Fleetmark.Worker.Sessions;

/// <summary>Pins the process to its cores before the runtime creates threads, which inherit the mask.</summary>
internal static class CoreAffinity
{
    private const int LargestCore = 4095;

    /// <summary>Pins every thread there is; an empty list leaves all as it is.</summary>
    /// <exception cref="WorkerException">A core does not exist or may not be used.</exception>
    internal static unsafe void Pin(IReadOnlyList<int> cores)
    {
        if (cores.Count == 0) return;
        byte[] mask = new byte[(LargestCore + 1) / 8];
        foreach (int core in cores)
        {
            if (core is < 0 or > LargestCore) throw Refused(cores, $"core {core} does not exist");
            mask[core / 8] |= (byte)(1 << (core % 8));
        }

        fixed (byte* bits = mask)
        {
            foreach (string thread in Directory.EnumerateDirectories("/proc/self/task"))
            {
                int id = int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture);
                int result = NativeMethods.SetAffinity(id, (nuint)mask.Length, bits);
                // A thread of the runtime may have ended since it was listed; the main thread has not.
                if (result != 0 && id == Environment.ProcessId) throw Refused(cores, new Win32Exception(Marshal.GetLastPInvokeError()).Message);
            }
        }
    }

    private static WorkerException Refused(IReadOnlyList<int> cores, string why) =>
        new(WorkerErrorCode.BadRequest, $"cannot run on cores {string.Join(',', cores)}: {why}");
}
