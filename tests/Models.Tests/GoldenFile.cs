using System.Runtime.CompilerServices;

namespace Fleetmark.Models.Tests;

/// <summary>Texts kept in the repository. FLEETMARK_UPDATE_GOLDEN=1 writes them anew; the change is then reviewed like any other.</summary>
internal static class GoldenFile
{
    internal static void Compare(string name, string actual, [CallerFilePath] string caller = "")
    {
        if (Environment.GetEnvironmentVariable("FLEETMARK_UPDATE_GOLDEN") == "1")
        {
            string project = Path.GetDirectoryName(Path.GetDirectoryName(caller)!)!;
            File.WriteAllText(Path.Combine(project, "Data", "golden", name), actual + "\n");
            return;
        }

        Assert.Equal(TestData.Text($"golden/{name}").TrimEnd('\n'), actual);
    }
}
