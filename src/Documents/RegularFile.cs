namespace Fleetmark.Documents;

/// <summary>Opens a file that somebody named: a regular file, not empty, not too large; never a folder, a pipe or a device.</summary>
public static class RegularFile
{
    /// <summary>Opens the file for reading; links are followed.</summary>
    /// <param name="path">The file as the person gave it; every problem names it so.</param>
    /// <param name="kind">What it is, such as <c>plan</c>: the first word of the problems' codes.</param>
    /// <param name="maximumBytes">Largest accepted file.</param>
    /// <exception cref="ProblemException">There is no such file that can be read: <c>…-missing</c>, <c>…-not-a-file</c>, <c>…-empty</c>, <c>…-too-large</c> or <c>…-unreadable</c>.</exception>
    public static FileStream Open(string path, string kind, long maximumBytes)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentException.ThrowIfNullOrEmpty(kind);
        try
        {
            FileSystemInfo file = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) ?? new FileInfo(path);
            if (Directory.Exists(file.FullName)) throw Wrong("not-a-file", $"this is a folder, no {kind}", "name a file");
            if (file is not FileInfo { Exists: true } regular) throw Missing();
            // Pipes, sockets and devices have no length either, and opening one could wait for ever.
            if (regular.Length == 0) throw Wrong("empty", "the file is empty (0 bytes) or no regular file", "write or copy it again");
            return regular.Length <= maximumBytes ? new FileStream(regular.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16) : throw TooLarge(path, kind, maximumBytes);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Wrong("unreadable", $"the {kind} cannot be read: {e.Message.TrimEnd('.')}");
        }

        ProblemException Missing() => Wrong("missing", $"there is no such {kind} file", "check the path");

        ProblemException Wrong(string code, string what, string remedy = "") => new(new Problem($"{kind}-{code}", path, what, remedy));
    }

    internal static ProblemException TooLarge(string path, string kind, long maximumBytes) =>
        new(new Problem($"{kind}-too-large", path, $"the file has more than {maximumBytes} bytes", $"at most {maximumBytes} are accepted"));
}
