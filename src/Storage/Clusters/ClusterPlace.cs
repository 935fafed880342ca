using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fleetmark.Storage.Clusters;

/// <summary>The paths of a private cluster, all absolute.</summary>
internal sealed record ClusterPlace(string Root)
{
    /// <summary>Longest path of a Unix socket in bytes, without the closing zero.</summary>
    internal const int LongestSocketPath = 107;

    private const string SocketName = "/.s.PGSQL.5432";

    /// <summary>What is noted beside the data.</summary>
    internal string File => Path.Combine(Root, "cluster.json");

    /// <summary>The lock around create, start, attach and stop.</summary>
    internal string Lock => Path.Combine(Root, "lock");

    /// <summary>Where the password stands while a cluster is made.</summary>
    internal string Secrets => Path.Combine(Root, "init");

    /// <summary>The data folder of a major version.</summary>
    internal string Data(int major) => Path.Combine(Root, major.ToString(CultureInfo.InvariantCulture));

    /// <summary>Where a cluster is made before it is renamed: what is left of a killed attempt never looks finished.</summary>
    internal string Draft(int major) => Data(major) + ".new";

    /// <summary>The server's log.</summary>
    internal string ServerLog(int major) => Path.Combine(Data(major), "fleetmark-server.log");

    /// <summary>What the control program says; read when it fails.</summary>
    internal string ControlLog(int major) => Path.Combine(Data(major), "fleetmark-control.log");

    /// <summary>
    /// Folder for the socket: of the login session, else beside the data. Null when the path would be too long for a socket: then a new temporary folder
    /// is taken and noted.
    /// </summary>
    internal string? SocketFolder(int major, string? runtimeFolder)
    {
        string folder = runtimeFolder is null ? Path.Combine(Root, "s") : Path.Combine(runtimeFolder, $"fleetmark-{Hash(Data(major))}");
        return FitsSocket(folder) ? folder : null;
    }

    /// <summary>True when a socket in the folder has a path the system accepts.</summary>
    internal static bool FitsSocket(string folder) => Encoding.UTF8.GetByteCount(folder + SocketName) <= LongestSocketPath;

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..8];
}
