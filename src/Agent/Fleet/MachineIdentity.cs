using System.Security.Cryptography;
using System.Text;
using Fleetmark.Agent.Files;
using Fleetmark.Agent.Telemetry;

namespace Fleetmark.Agent.Fleet;

/// <summary>
/// What makes this machine another than the next: <c>/etc/machine-id</c>, or, in images without one, a number of our own that is kept in the data folder.
/// </summary>
internal static class MachineIdentity
{
    private const int LeastDigits = 32;
    private const int ShownBytes = 8;

    /// <summary>Reads it, or makes one up and keeps it.</summary>
    internal static string Read(HostFiles files, string dataFolder)
    {
        if (files.Text("etc/machine-id") is { Length: >= LeastDigits } machine) return machine;
        string own = Path.Combine(dataFolder, "machine-id");
        if (!File.Exists(own)) DurableFile.Write(own, Encoding.UTF8.GetBytes(Guid.NewGuid().ToString("N")));
        return File.ReadAllText(own).Trim();
    }

    /// <summary>Identity of the CPU of the machine; a hash, because the machine's id is not to be shown around (machine-id(5)).</summary>
    internal static string CpuUuid(string machine) =>
        "cpu-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("fleetmark cpu\n" + machine)).AsSpan(0, ShownBytes));
}
