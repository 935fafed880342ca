using System.Collections.Concurrent;
using Fleetmark.Documents;

namespace Fleetmark.Models.Artifacts;

/// <summary>
/// The files of the cache: <c>sha256/&lt;2 hex&gt;/&lt;digest&gt;.onnx</c>. A file appears whole or not at all, whatever is killed when, and
/// is believed only after its bytes were hashed once by this process.
/// </summary>
internal sealed class ArtifactFolder(string folder, TimeProvider clock, Func<string, long> freeBytes)
{
    private const string Unfinished = ".tmp";
    private const string Corrupt = ".corrupt";

    /// <summary>An unfinished file nobody writes any more is removed after this time.</summary>
    private static readonly TimeSpan UnfinishedLife = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (long Size, DateTime Changed)> _verified = new(StringComparer.Ordinal);

    internal string PathOf(Digest digest) => Path.Combine(folder, digest.Hex[..2], $"{digest.Hex}.onnx");

    /// <summary>
    /// The file of a digest, or null when there is none. Its bytes are hashed at first use and whenever size or time of change differ; a file
    /// that is not what its name says is moved aside and counts as absent.
    /// </summary>
    internal Artifact? Find(Digest digest, CancellationToken cancel)
    {
        string path = PathOf(digest);
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) return null;
            if (!_verified.TryGetValue(path, out (long, DateTime) seen) || seen != (file.Length, file.LastWriteTimeUtc))
            {
                if (Hash(path, cancel) != digest)
                {
                    _verified.TryRemove(path, out _);
                    File.Move(path, path + Corrupt, overwrite: true);
                    return null;
                }
            }

            // The time of last use, kept by us: many file systems do not.
            File.SetLastAccessTimeUtc(path, clock.GetUtcNow().UtcDateTime);
            file.Refresh();
            _verified[path] = (file.Length, file.LastWriteTimeUtc);
            return new Artifact(digest, path, file.Length);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes a file under the name of its digest.</summary>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="sizeBytes">Its size, known beforehand.</param>
    /// <param name="write">Writes the bytes.</param>
    /// <param name="expected">The digest it must have; null accepts any.</param>
    /// <exception cref="ProblemException">The disk is full, the folder cannot be written, or the bytes have another digest; nothing is left behind.</exception>
    internal Artifact Write(string what, long sizeBytes, Action<Stream> write, Digest? expected) => Disk.Write(folder, what, sizeBytes, freeBytes, () =>
    {
        RemoveUnfinished();
        Disk.ThrowIfFull(folder, what, sizeBytes, freeBytes);
        return WriteWhole(what, write, expected);
    });

    /// <summary>Every file, least recently used first, with its last use.</summary>
    internal IReadOnlyList<Artifact> ByLastUse()
    {
        if (!Directory.Exists(folder)) return [];
        return
        [
            .. new DirectoryInfo(folder).EnumerateFiles("*.onnx", SearchOption.AllDirectories)
                .Select(file => (File: file, Digest: Digest.Parse(Path.GetFileNameWithoutExtension(file.Name))))
                .Where(entry => entry.Digest is not null)
                .OrderBy(entry => entry.File.LastAccessTimeUtc).ThenBy(entry => entry.File.Name, StringComparer.Ordinal)
                .Select(entry => new Artifact(entry.Digest!.Value, entry.File.FullName, entry.File.Length)),
        ];
    }

    internal void Remove(Artifact artifact)
    {
        _verified.TryRemove(artifact.Path, out _);
        File.Delete(artifact.Path);
        File.Delete(artifact.Path + Corrupt);
    }

    private static Digest Hash(string path, CancellationToken cancel)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        using var hash = new HashingStream(Stream.Null);
        byte[] block = new byte[1 << 20];
        for (int read = file.Read(block); read > 0; read = file.Read(block))
        {
            cancel.ThrowIfCancellationRequested();
            hash.Write(block.AsSpan(0, read));
        }

        return hash.Finish();
    }

    private Artifact WriteWhole(string what, Action<Stream> write, Digest? expected)
    {
        string unfinished = Path.Combine(folder, Guid.NewGuid().ToString("N") + Unfinished);
        try
        {
            // The handle stays open, and with it the file's lock, until the file has its final name: nobody may take it for a leftover.
            using var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.Delete, 1);
            using var hashing = new HashingStream(file);
            write(hashing);
            Digest digest = hashing.Finish();
            if (expected is { } wanted && wanted != digest)
                throw new ProblemException(new Problem("not-reproducible", "", $"{what}: expected a file with SHA-256 {wanted}, made one with {digest}"));
            file.Flush(flushToDisk: true);
            string path = PathOf(digest), home = Path.GetDirectoryName(path)!;
            Directory.CreateDirectory(home);
            File.Move(unfinished, path, overwrite: true);
            Disk.FlushFolder(home);
            Disk.FlushFolder(folder);
            var finished = new FileInfo(path);
            _verified[path] = (finished.Length, finished.LastWriteTimeUtc);
            File.SetLastAccessTimeUtc(path, clock.GetUtcNow().UtcDateTime);
            return new Artifact(digest, path, finished.Length);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private void RemoveUnfinished()
    {
        DateTime limit = (clock.GetUtcNow() - UnfinishedLife).UtcDateTime;
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*" + Unfinished).Where(f => f.LastWriteTimeUtc < limit))
        {
            try
            {
                using var unlocked = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.None);
                file.Delete();
            }
            catch (IOException e) when (Disk.IsLocked(e) || e is FileNotFoundException)
            {
                // Its writer lives, or another process was quicker.
                continue;
            }
        }
    }
}
