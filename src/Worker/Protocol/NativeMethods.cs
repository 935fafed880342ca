using System.Runtime.InteropServices;

namespace Fleetmark.Worker.Protocol;

/// <summary>The few calls of the C library that .NET does not offer.</summary>
internal static unsafe partial class NativeMethods
{
    internal const int StandardOutput = 1;
    internal const int StandardError = 2;
    internal const int OpenDirectory = 0x10000;

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    internal static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    internal static partial int DuplicateTo(int from, int to);

    /// <summary>Ends the process at once, without running anything.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    internal static partial void Leave(int exitCode);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    internal static partial int SetAffinity(int thread, nuint maskBytes, byte* mask);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Synchronise(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);
}
