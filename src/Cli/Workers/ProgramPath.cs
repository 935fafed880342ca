namespace Fleetmark.Cli.Workers;

/// <summary>Finds a program as a shell does: a word with a slash is a path, any other is looked up in <c>PATH</c>.</summary>
internal static class ProgramPath
{
    /// <summary>Absolute path of the program; null when there is none.</summary>
    public static string? Find(string word)
    {
        if (word.Contains('/', StringComparison.Ordinal)) return File.Exists(word) ? Path.GetFullPath(word) : null;
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.GetFullPath(Path.Combine(folder, word))).FirstOrDefault(File.Exists);
    }
}
