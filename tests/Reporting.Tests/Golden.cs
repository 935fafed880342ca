namespace Fleetmark.Reporting.Tests;

/// <summary>Expected outputs. With FLEETMARK_UPDATE_GOLDEN=1 they are written instead of compared; the diff is then reviewed.</summary>
internal static class Golden
{
    internal static string Folder { get; } = Path.Combine(Root(), "tests", "Reporting.Tests", "Golden");

    internal static void Check(string name, string actual)
    {
        string path = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable("FLEETMARK_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"{name} does not exist; make it with FLEETMARK_UPDATE_GOLDEN=1");
        Assert.Equal(File.ReadAllText(path), actual);
    }

    internal static string Root()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Orchestrator.sln"))) return at.FullName;
        throw new InvalidOperationException("Orchestrator.sln is in no folder above the tests");
    }
}
