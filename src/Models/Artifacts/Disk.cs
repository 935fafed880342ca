using System.Runtime.InteropServices;
using Fleetmark.Documents;

namespace Fleetmark.Models.Artifacts;

/// <summary>What the base library does not offer for files that must survive a power failure, and words for its error numbers.</summary>
internal static partial class Disk
{
    private const int NoSpaceUnix = 28;
    private const int WouldBlockLinux = 11;
    private const int WouldBlockMac = 35;
    private const int NoSpaceWindows = unchecked((int)0x80070070);
    private const int SharingViolationWindows = unchecked((int)0x80070020);

    /// <summary>Whether a write failed because the disk or a quota is full.</summary>
    internal static bool IsFull(IOException e) => e.HResult is NoSpaceUnix or NoSpaceWindows;

    /// <summary>Whether a file could not be opened because somebody holds its lock.</summary>
    internal static bool IsLocked(IOException e) => e.HResult is WouldBlockLinux or WouldBlockMac or SharingViolationWindows;

    /// <summary>Refuses what does not fit, before any of it is written.</summary>
    /// <exception cref="ProblemException">The disk is full (<c>disk-full</c>).</exception>
    internal static void ThrowIfFull(string folder, string what, long sizeBytes, Func<string, long> freeBytes)
    {
        if (freeBytes(folder) is var free && free < sizeBytes) throw Full(what, sizeBytes, free);
    }

    private static ProblemException Full(string what, long needed, long free) =>
        new(new Problem("disk-full", "", $"{what} needs {needed} bytes, the disk has {free} free", "free some space, or set FLEETMARK_HOME to another disk"));

    /// <summary>Writes into a folder, which is made when needed, and turns what the disk says against it into a problem.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="what">What is written, for messages.</param>
    /// <param name="sizeBytes">Its size.</param>
    /// <param name="freeBytes">Bytes that may still be written into a folder.</param>
    /// <param name="write">Writes and cleans up after itself.</param>
    /// <exception cref="ProblemException">The disk is full (<c>disk-full</c>) or the folder cannot be written (<c>cache-unwritable</c>).</exception>
    internal static T Write<T>(string folder, string what, long sizeBytes, Func<string, long> freeBytes, Func<T> write)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return write();
        }
        catch (IOException e) when (IsFull(e))
        {
            throw Full(what, sizeBytes, freeBytes(folder));
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw Unwritable(folder, e);
        }
    }

    /// <summary>The problem of a folder that cannot be used, whatever the reason the system gives.</summary>
    internal static ProblemException Unwritable(string folder, Exception cause) =>
        new(new Problem("cache-unwritable", folder, $"the model cache cannot be written: {cause.Message}", "make the folder writable, or set FLEETMARK_HOME"));

    /// <summary>Bytes a user may still write where <paramref name="folder"/> lies.</summary>
    internal static long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>Makes a rename in a folder survive a power failure. Windows has no such call and needs none.</summary>
    internal static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        const int ReadOnly = 0;
        int descriptor = Open(folder, ReadOnly);
        if (descriptor < 0) throw new IOException($"the folder {folder} cannot be opened, error {Marshal.GetLastPInvokeError()}");
        int result = Fsync(descriptor);
        int error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (result != 0) throw new IOException($"the folder {folder} cannot be flushed, error {error}");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
