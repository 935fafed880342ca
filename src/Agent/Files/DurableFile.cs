namespace Fleetmark.Agent.Files;

/// <summary>Files that are either whole or not there, whatever is pulled: temporary file, flush, rename, flush of the folder.</summary>
internal static class DurableFile
{
    /// <summary>Ending of files that were never finished; whoever owns the folder deletes them.</summary>
    internal const string TemporaryEnding = ".tmp";

    /// <summary>Writes <paramref name="bytes"/> to <paramref name="path"/>, replacing what was there.</summary>
    /// <exception cref="IOException">The disk or its permissions do not allow it.</exception>
    internal static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        string temporary = path + TemporaryEnding;
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            Publish(temporary, path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>Flushes a file somebody else wrote and gives it its final name in the same folder.</summary>
    internal static void FlushAndPublish(string temporary, string path)
    {
        using (var stream = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) stream.Flush(flushToDisk: true);
        Publish(temporary, path);
    }

    private static void Publish(string temporary, string path)
    {
        File.Move(temporary, path, overwrite: true);
        FolderFlush.Flush(Path.GetDirectoryName(path)!);
    }
}
