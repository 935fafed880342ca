using System.Text;
using Fleetmark.Agent.Files;

namespace Fleetmark.Agent.Link;

/// <summary>Key of an agent, made once and kept in its data folder: its row and its devices stay the same over all its processes.</summary>
public static class AgentKey
{
    /// <summary>Reads the key, or makes it.</summary>
    /// <param name="dataFolder">The agent's data folder; made when it is not there.</param>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    public static Guid Of(string dataFolder)
    {
        string file = Path.Combine(dataFolder, "key");
        if (File.Exists(file) && Guid.TryParse(File.ReadAllText(file).Trim(), out Guid known)) return known;
        Directory.CreateDirectory(dataFolder);
        var key = Guid.NewGuid();
        DurableFile.Write(file, Encoding.UTF8.GetBytes(key.ToString()));
        return key;
    }
}
