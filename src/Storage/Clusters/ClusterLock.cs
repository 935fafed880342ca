using Fleetmark.Documents;

namespace Fleetmark.Storage.Clusters;

/// <summary>An operating system lock on a file: one process at a time creates, starts, attaches or stops. The system gives it back when its holder dies.</summary>
internal sealed class ClusterLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _file;

    private ClusterLock(FileStream file) => _file = file;

    /// <summary>Waits for the lock.</summary>
    /// <exception cref="ProblemException">Somebody held it for a minute and a half, or the file cannot be made.</exception>
    internal static async Task<ClusterLock> TakeAsync(string path, TimeProvider clock, CancellationToken cancel)
    {
        long started = clock.GetTimestamp();
        while (true)
        {
            if (TryTake(path) is { } taken) return taken;
            if (clock.GetElapsedTime(started) > Patience)
                throw new ProblemException(new Problem("cluster-locked", path, "another fleetmark process has been starting or stopping the private cluster for 90 s",
                    "end that process"));
            await Task.Delay(Pause, clock, cancel);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static ClusterLock? TryTake(string path)
    {
        try
        {
            return new ClusterLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("cluster-place", path, $"the private cluster's folder cannot be written: {e.Message}",
                "set FLEETMARK_HOME to a folder you can write, or name a database with --database"));
        }
    }
}
