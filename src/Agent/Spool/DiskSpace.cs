using System.Runtime.InteropServices;

namespace Fleetmark.Agent.Spool;

/// <summary>Room on the disk that holds a folder, in bytes.</summary>
/// <param name="FreeBytes">Free to this user.</param>
/// <param name="TotalBytes">All there is.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DiskSpace(long FreeBytes, long TotalBytes)
{
    /// <summary>Asks the operating system.</summary>
    internal static DiskSpace Of(string folder)
    {
        var drive = new DriveInfo(folder);
        return new DiskSpace(drive.AvailableFreeSpace, drive.TotalSize);
    }
}
