using Fleetmark.Documents;

namespace Fleetmark.Cli.Embedded;

/// <summary>
/// The right to host the stack of a home. Two commands that measure on one machine at once would spoil each other's numbers, so the second waits. The operating
/// system gives the lock back when a process dies, however it dies.
/// </summary>
internal sealed class StackLock : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly FileStream _file;

    private StackLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, waiting as long as another command has it.</summary>
    public static async Task<StackLock> TakeAsync(FleetmarkHome home, Terminal terminal, CancellationToken cancel)
    {
        home.Create();
        bool told = false;
        while (true)
        {
            if (TryOpen(home.StackLock) is { } file) return new StackLock(file);
            if (!told) terminal.Note($"another fleetmark command measures with {home.Path}; waiting for it to end");
            told = true;
            await Task.Delay(LookEvery, TimeProvider.System, cancel);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    /// <summary>EWOULDBLOCK of Linux and macOS; sharing and lock violation of Windows.</summary>
    private static bool IsHeld(IOException e) => (e.HResult & 0xFFFF) is 11 or 35 or 32 or 33;

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("home-unwritable", path, $"the home folder cannot be written: {e.Message.TrimEnd('.')}", "set FLEETMARK_HOME to a folder you can write"));
        }
    }
}
