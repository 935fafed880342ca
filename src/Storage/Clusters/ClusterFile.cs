using System.Security.Cryptography;
using System.Text.Json;
using Fleetmark.Documents;

namespace Fleetmark.Storage.Clusters;

/// <summary>What is noted beside the data: <c>cluster.json</c>, readable for its owner only. A folder without it is not ours to touch.</summary>
internal sealed record ClusterFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Major version of PostgreSQL that made the data.</summary>
    public required int Major { get; init; }

    /// <summary>Superuser of the cluster.</summary>
    public string User { get; init; } = "fleetmark";

    /// <summary>Its password: 256 random bits as hexadecimal digits.</summary>
    public required string Password { get; init; }

    /// <summary>Folder of the socket the last time it was started.</summary>
    public string? SocketFolder { get; init; }

    /// <summary>True while it runs because a person started it.</summary>
    public bool StartedExplicitly { get; init; }

    /// <summary>A new file for a new cluster.</summary>
    internal static ClusterFile Create(int major) => new() { Major = major, Password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) };

    /// <summary>Reads the file; null when there is none.</summary>
    /// <exception cref="ProblemException">It is there but not readable as one of ours.</exception>
    internal static ClusterFile? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ClusterFile>(File.ReadAllBytes(path), Format);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("cluster-file", path, $"the note of the private cluster cannot be read: {e.Message}",
                "restore it from a backup, or move the folder away to start with an empty database"));
        }
    }

    /// <summary>Writes the file in one step: a reader sees the old or the new one.</summary>
    internal void Write(string path)
    {
        string draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(stream, this, Format);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }
}
