using System.Globalization;
using System.Text;
using Fleetmark.Agent.Files;

namespace Fleetmark.Agent.Link;

/// <summary>Numbers the sessions of this agent across restarts: of two sessions the one with the higher number is the living one.</summary>
internal static class SessionEpoch
{
    /// <summary>The next number; it is on disk before anybody sees it.</summary>
    internal static long Next(string path)
    {
        long last = File.Exists(path) && long.TryParse(File.ReadAllText(path).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long known) ? known : 0;
        DurableFile.Write(path, Encoding.UTF8.GetBytes((last + 1).ToString(CultureInfo.InvariantCulture)));
        return last + 1;
    }
}
