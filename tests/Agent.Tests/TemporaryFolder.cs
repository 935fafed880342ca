namespace Fleetmark.Agent.Tests;

/// <summary>A folder of a test's own; gone after disposal.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fm-agent-");

    internal string Path => _folder.FullName;

    internal string At(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    /// <summary>Writes a file, making its folders, and returns its path.</summary>
    internal string Save(string name, string content)
    {
        string path = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Lets every user in.</summary>
    internal void OpenToAll() => Permit(Path, (UnixFileMode)0b111_111_111);

    /// <summary>Sets the permissions of a file or folder.</summary>
    internal static void Permit(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
