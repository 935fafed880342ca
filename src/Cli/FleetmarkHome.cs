using Fleetmark.Documents;
using Fleetmark.Storage.Clusters;

namespace Fleetmark.Cli;

/// <summary>
/// Where Fleetmark keeps what outlives a command: models, the private database, the agent's spool. <c>FLEETMARK_HOME</c>, else the XDG data directory +
/// <c>/fleetmark</c>.
/// </summary>
internal sealed class FleetmarkHome
{
    /// <summary>The environment variable that moves it.</summary>
    internal const string Variable = "FLEETMARK_HOME";

    internal FleetmarkHome(string path) => Path = path;

    /// <summary>Absolute path of the folder; it may not exist yet.</summary>
    public string Path { get; }

    /// <summary>Model files, definitions and their index.</summary>
    public string Models => System.IO.Path.Combine(Path, "models");

    /// <summary>Spool, session epoch and work directories of this machine's agent.</summary>
    public string Agent => System.IO.Path.Combine(Path, "agent");

    /// <summary>The lock that one embedded stack holds at a time.</summary>
    public string StackLock => System.IO.Path.Combine(Path, "stack.lock");

    /// <summary>Makes the folder.</summary>
    /// <exception cref="ProblemException">It cannot be made or written.</exception>
    public void Create()
    {
        try
        {
            Directory.CreateDirectory(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("home-unwritable", Path, $"the home folder cannot be made: {e.Message.TrimEnd('.')}", $"set {Variable} to a folder you can write"));
        }
    }

    /// <summary>The private PostgreSQL cluster of the home the environment names.</summary>
    public static PrivateCluster Cluster() => new(ClusterSettings.FromEnvironment(Environment.GetEnvironmentVariable), TimeProvider.System);

    /// <summary>Reads the environment.</summary>
    public static FleetmarkHome FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen) return new FleetmarkHome(System.IO.Path.GetFullPath(chosen));
        string data = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } xdg
            ? xdg
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
        return new FleetmarkHome(System.IO.Path.Combine(data, "fleetmark"));
    }
}
