using System.Runtime.CompilerServices;

namespace Fleetmark.Contracts.Tests;

/// <summary>A text that must not change unnoticed. <c>FLEETMARK_UPDATE_GOLDEN=1</c> writes it anew; read the difference before you commit it.</summary>
internal static class GoldenFile
{
    /// <summary>Compares with the file of that name in the folder <c>Golden</c> beside the calling test.</summary>
    internal static void Verify(string actual, string name, [CallerFilePath] string caller = "")
    {
        string file = Path.Combine(Path.GetDirectoryName(caller)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("FLEETMARK_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        Assert.Equal(File.ReadAllText(file), actual);
    }
}
