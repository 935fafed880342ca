namespace Fleetmark.Cli.Embedded;

/// <summary>Key of a home's agent, made once and kept: its row and its devices stay the same over all commands.</summary>
internal static class AgentKey
{
    /// <summary>Reads the key, or makes it.</summary>
    public static Guid Of(FleetmarkHome home)
    {
        string file = Path.Combine(home.Agent, "key");
        if (File.Exists(file) && Guid.TryParse(File.ReadAllText(file).Trim(), out Guid known)) return known;
        Directory.CreateDirectory(home.Agent);
        var key = Guid.NewGuid();
        string draft = $"{file}.{Guid.NewGuid():N}";
        File.WriteAllText(draft, key.ToString());
        File.Move(draft, file, overwrite: true);
        return key;
    }
}
