using System.Collections.Concurrent;

namespace Fleetmark.Models.Artifacts;

/// <summary>
/// Locks by name, held against tasks of this process and against other processes. Between processes they are file locks of the operating
/// system, so a killed process leaves none behind. The empty lock files stay: removing one while somebody waits for it would give two owners.
/// </summary>
internal sealed class ArtifactLocks(string folder, TimeProvider clock)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    /// <summary>Waits until the name is ours alone.</summary>
    internal async Task<IDisposable> ExclusiveAsync(string name, CancellationToken cancel)
    {
        SemaphoreSlim gate = _gates.GetOrAdd(name, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancel);
        try
        {
            while (true)
            {
                if (TryExclusive(name) is { } file) return new Held(file, gate);
                await Task.Delay(PollInterval, clock, cancel);
            }
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    /// <summary>The name alone among processes, or null when it is held.</summary>
    internal FileStream? TryExclusive(string name)
    {
        try
        {
            return Open(name, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (Disk.IsLocked(e))
        {
            return null;
        }
    }

    /// <summary>A share of the name: many may hold one, and <see cref="TryExclusive"/> fails while anybody does.</summary>
    internal async Task<IDisposable> SharedAsync(string name, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return Open(name, FileAccess.Read, FileShare.ReadWrite);
            }
            catch (IOException e) when (Disk.IsLocked(e))
            {
                await Task.Delay(PollInterval, clock, cancel);
            }
        }
    }

    private FileStream Open(string name, FileAccess access, FileShare share)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(Path.Combine(folder, $"{name}.lock"), FileMode.OpenOrCreate, access, share, bufferSize: 1);
        }
        catch (Exception e) when (e is UnauthorizedAccessException || (e is IOException io && !Disk.IsLocked(io)))
        {
            throw Disk.Unwritable(folder, e);
        }
    }

    private sealed class Held(FileStream file, SemaphoreSlim gate) : IDisposable
    {
        public void Dispose()
        {
            file.Dispose();
            gate.Release();
        }
    }
}
