namespace Fleetmark.Agent.Files;

/// <summary>
/// An exclusive lock of the operating system on a file; it ends with the process at the latest. The file stays: deleting it would let two holders lock two files of
/// one name.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private const int WouldBlock = 11;
    private const UnixFileMode ForEveryUser = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly FileStream _file;
    private readonly string? _name;

    private FileLock(FileStream file)
    {
        _file = file;
        _name = KernelName(file);
    }

    /// <summary>False when the file's name was taken away from under the lock, so that another process may hold a lock of the same name.</summary>
    internal bool IsHeld => !_file.SafeFileHandle.IsClosed && KernelName(_file) == _name && File.Exists(_name);

    /// <summary>Takes the lock, or returns null while somebody else holds it.</summary>
    /// <param name="path">Absolute path; the folder exists.</param>
    /// <exception cref="IOException">The file cannot be opened for another reason.</exception>
    internal static FileLock? TryTake(string path)
    {
        try
        {
            return new FileLock(OpenOrCreate(path));
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>Waits for the lock; looks every 50 ms, because the operating system cannot be asked to wait and be cancelled.</summary>
    internal static async Task<FileLock> TakeAsync(string path, TimeProvider clock, CancellationToken cancel)
    {
        while (true)
        {
            if (TryTake(path) is { } taken) return taken;
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancel);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>What the kernel calls the open file: without the links of the path it was opened by, and another name once it was moved or deleted.</summary>
    private static string? KernelName(FileStream file) =>
        File.ResolveLinkTarget($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}", returnFinalTarget: false)?.FullName;

    /// <summary>In folders everybody may write to, Linux refuses to open another user's file with the wish to create it: so open first, create second.</summary>
    private static FileStream OpenOrCreate(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            }
            catch (FileNotFoundException)
            {
                if (Create(path) is { } created) return created;
            }
        }
    }

    private static FileStream? Create(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file.SafeFileHandle, ForEveryUser);
            return file;
        }
        catch (IOException e) when (e.HResult != WouldBlock && File.Exists(path))
        {
            return null;
        }
    }
}
