namespace Fleetmark.Fixtures;

/// <summary>A folder of its own for a test, which other users can enter (the server of a private cluster runs as another one under root). Gone when disposed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const UnixFileMode Enterable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Makes the folder.</summary>
    /// <param name="name">Beginning of its name: what it holds.</param>
    public TemporaryFolder(string name)
    {
        Path = Directory.CreateTempSubdirectory($"fleetmark-{name}-").FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path, Enterable);
    }

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
