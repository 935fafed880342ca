using System.Runtime.InteropServices;

namespace Fleetmark.Agent.Nvml;

/// <summary>The symbols of the driver's library.</summary>
internal static class NvmlSymbols
{
    /// <summary>What the driver installs.</summary>
    internal const string DefaultLibrary = "libnvidia-ml.so.1";

    /// <summary>The table of a library, which stays loaded as long as the process; null when there is no such library.</summary>
    /// <param name="library">Name or path.</param>
    internal static Func<string, nint>? Of(string library) =>
        NativeLibrary.TryLoad(library, out nint handle) ? name => NativeLibrary.TryGetExport(handle, name, out nint address) ? address : 0 : null;
}
