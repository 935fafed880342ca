namespace Fleetmark.Architecture;

/// <summary>The checkout these tests run in.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    internal static IEnumerable<string> Files(string folder, string pattern) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
        .Where(f => !Relative(f).Split('/').Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal);

    internal static string Relative(string path) => Path.GetRelativePath(Root, path).Replace(Path.DirectorySeparatorChar, '/');

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Orchestrator.sln"))) return at.FullName;
        throw new InvalidOperationException("Orchestrator.sln is in no folder above the tests");
    }
}
