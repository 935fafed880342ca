using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fleetmark.Agent.Files;

/// <summary>Makes a rename survive a power cut: the name lives in the folder, so the folder is flushed as well. .NET opens no folders, hence libc.</summary>
internal static partial class FolderFlush
{
    private const int ReadOnlyCloseOnExec = 0x80000;

    /// <exception cref="IOException">The folder cannot be opened.</exception>
    internal static void Flush(string folder)
    {
        int descriptor = Open(folder, ReadOnlyCloseOnExec);
        if (descriptor < 0) throw new IOException($"cannot open folder {folder}: {Marshal.GetLastPInvokeErrorMessage()}");
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.FlushToDisk(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
