using System.Globalization;

namespace Fleetmark.Agent.Telemetry;

/// <summary>The memory this machine has for the agent and its workers.</summary>
internal static class MachineMemory
{
    private const long BytesPerKib = 1024;

    /// <summary>Memory of the machine, or of the agent's control group where that is less, in bytes; null when the kernel does not say.</summary>
    internal static long? Bytes(HostFiles files)
    {
        string[] words = (files.Value("proc/meminfo", "MemTotal") ?? "").Split(' ');
        long? machine = long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out long kib) ? kib * BytesPerKib : null;
        long? group = new ControlGroup(files).MemoryLimit();
        return group is { } allowed && !(machine <= allowed) ? allowed : machine;
    }
}
