namespace Fleetmark.Agent.Workers;

/// <summary>
/// Whether a program is as trustworthy as the configuration that names it: neither it, nor a script among its arguments, nor the folder of either or of a link
/// to it may be written by everybody.
/// </summary>
internal static class ProgramGuard
{
    /// <summary>Why it must not be started, in one line; null when it may. Asked before each start: files change.</summary>
    internal static string? Refusal(WorkerCommand command)
    {
        if (!File.Exists(command.Executable)) return $"{command.Executable} does not exist";
        return new[] { command.Executable }.Concat(command.Arguments.Where(argument => Path.IsPathFullyQualified(argument) && File.Exists(argument)))
            .Select(OpenTo).FirstOrDefault(refusal => refusal is not null);
    }

    private static string? OpenTo(string path)
    {
        string[] way = [.. Way(path)];
        string real = way[^1];
        return new FileInfo(real).UnixFileMode.HasFlag(UnixFileMode.OtherWrite)
            ? $"{real} may be written by everybody; take that away with: chmod o-w {real}"
            : way.Select(ReplaceableIn).FirstOrDefault(refusal => refusal is not null);
    }

    private static string? ReplaceableIn(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        UnixFileMode mode = new DirectoryInfo(folder).UnixFileMode;
        // With the sticky bit, as in /tmp, everybody may add files but nobody may replace another's.
        return mode.HasFlag(UnixFileMode.OtherWrite) && !mode.HasFlag(UnixFileMode.StickyBit)
            ? $"everybody may replace {path}, because {folder} may be written by everybody; take that away with: chmod o-w {folder}"
            : null;
    }

    /// <summary>The links a path leads through, those of folders too, and at last the file itself: who replaces one of them decides what is started.</summary>
    private static IEnumerable<string> Way(string path)
    {
        string at = "/";
        var open = new Stack<string>(path.Split('/').Reverse());
        while (open.TryPop(out string? name))
        {
            if (name.Length == 0 || name == ".") continue;
            string next = name == ".." ? Path.GetDirectoryName(at) ?? "/" : Path.Combine(at, name);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                at = next;
                continue;
            }

            yield return next;
            if (target.StartsWith('/')) at = "/";
            foreach (string part in target.Split('/').Reverse()) open.Push(part);
        }

        yield return at;
    }
}
