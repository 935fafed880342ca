using System.Text;

namespace Fleetmark.Cli.Embedded;

/// <summary>Path of the Unix socket between the embedded silo and its agent, in a folder nobody else may enter.</summary>
internal sealed class GatewaySocket : IAsyncDisposable
{
    /// <summary>What the operating system takes, in bytes.</summary>
    private const int LongestPath = 107;

    private readonly string? _temporary;

    private GatewaySocket(string path, string? temporary)
    {
        Path = path;
        _temporary = temporary;
    }

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>In the agent's folder, or in a fresh folder for temporary files when that path is too long for a socket.</summary>
    public static GatewaySocket Choose(FleetmarkHome home)
    {
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        string usual = System.IO.Path.Combine(home.Agent, "gateway.sock");
        if (Encoding.UTF8.GetByteCount(usual) <= LongestPath)
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(home.Agent);
            else Directory.CreateDirectory(home.Agent, Private);
            File.Delete(usual); // left by a process that was killed; the stack lock says that nobody listens
            return new GatewaySocket(usual, null);
        }

        string folder = Directory.CreateTempSubdirectory("fleetmark-").FullName;
        return new GatewaySocket(System.IO.Path.Combine(folder, "gateway.sock"), folder);
    }

    /// <summary>Removes the temporary folder, if there is one.</summary>
    public ValueTask DisposeAsync()
    {
        if (_temporary is not null && Directory.Exists(_temporary)) Directory.Delete(_temporary, recursive: true);
        return ValueTask.CompletedTask;
    }
}
