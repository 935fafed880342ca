namespace Fleetmark.Agent.Workers;

/// <summary>
/// Whether a program is as trustworthy as the configuration that names it: neither it, nor a script among its arguments, nor the folder of either may be written by
/// everybody.
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
        var file = new FileInfo(path);
        FileInfo real = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        if (real.UnixFileMode.HasFlag(UnixFileMode.OtherWrite)) return $"{real.FullName} may be written by everybody; take that away with: chmod o-w {real.FullName}";
        DirectoryInfo folder = real.Directory!;
        // With the sticky bit, as in /tmp, everybody may add files but nobody may replace another's.
        return folder.UnixFileMode.HasFlag(UnixFileMode.OtherWrite) && !folder.UnixFileMode.HasFlag(UnixFileMode.StickyBit)
            ? $"everybody may replace {real.FullName}, because {folder.FullName} may be written by everybody; take that away with: chmod o-w {folder.FullName}"
            : null;
    }
}
