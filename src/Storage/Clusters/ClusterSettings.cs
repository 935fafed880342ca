namespace Fleetmark.Storage.Clusters;

/// <summary>What decides where the private cluster lives and which programs run it.</summary>
public sealed record ClusterSettings
{
    /// <summary>Absolute folder that holds the cluster: <c>HOME/pg</c>.</summary>
    public required string Root { get; init; }

    /// <summary>Folder of the server programs when a person names one (<c>FLEETMARK_PG_BIN</c>); null to search.</summary>
    public string? BinaryFolder { get; init; }

    /// <summary>User to run the server as when we are root (<c>FLEETMARK_PG_USER</c>); null to choose.</summary>
    public string? RunAs { get; init; }

    /// <summary>Folder for sockets of this login session (<c>XDG_RUNTIME_DIR</c>); null when there is none.</summary>
    public string? RuntimeFolder { get; init; }

    /// <summary>Folder for a socket whose path would be too long elsewhere.</summary>
    public string TemporaryFolder { get; init; } = Path.GetTempPath();

    /// <summary>Whether commits reach the disk. False only in tests that do not crash the server.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>
    /// The settings the environment asks for. Without <c>FLEETMARK_HOME</c> the folder is <c>XDG_DATA_HOME/fleetmark/pg</c>; for root
    /// <c>/var/lib/fleetmark/pg</c>, because PostgreSQL refuses to run as root and other users cannot enter root's home.
    /// </summary>
    /// <param name="environment">Reads an environment variable.</param>
    public static ClusterSettings FromEnvironment(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        string home = Value("FLEETMARK_HOME") is { } configured
            ? Path.GetFullPath(configured)
            : Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()
                ? "/var/lib/fleetmark"
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "fleetmark");
        return new ClusterSettings
        {
            Root = Path.Combine(home, "pg"),
            BinaryFolder = Value("FLEETMARK_PG_BIN"),
            RunAs = Value("FLEETMARK_PG_USER"),
            RuntimeFolder = Value("XDG_RUNTIME_DIR"),
        };

        string? Value(string name) => environment(name) is { Length: > 0 } value ? value : null;
    }
}
