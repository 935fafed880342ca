using Fleetmark.Agent.Telemetry;
using Fleetmark.Documents;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Fleet;

/// <summary>Finds the devices of this machine: its CPU, all packages as one device.</summary>
internal sealed class DeviceInventory(HostFiles files, IOptions<AgentOptions> options)
{
    private const long BytesPerMib = 1 << 20;

    /// <summary>The devices, without what their runtimes can do.</summary>
    /// <exception cref="ProblemException">None of the configured cores is there.</exception>
    internal IReadOnlyList<Device> Find()
    {
        string machine = MachineIdentity.Read(files, options.Value.DataFolder);
        return
        [
            new Device
            {
                Uuid = MachineIdentity.CpuUuid(machine),
                Vendor = Device.CpuVendor,
                Name = files.Value("proc/cpuinfo", "model name") ?? files.Value("proc/cpuinfo", "Model") ?? "CPU",
                MemoryMib = MemoryMib(),
                Cpus = Cpus(),
            },
        ];
    }

    /// <summary>The cores affinity leaves to the agent, narrowed by configuration and cut to what the quota pays for.</summary>
    private IReadOnlyList<int> Cpus()
    {
        IReadOnlyList<int> allowed = CpuList.Parse(files.Value("proc/self/status", "Cpus_allowed_list") ?? "") ?? [.. Enumerable.Range(0, Environment.ProcessorCount)];
        IReadOnlyList<int>? wanted = options.Value.Cpus.Length == 0 ? null : CpuList.Parse(options.Value.Cpus);
        int[] usable = [.. allowed.Where(core => wanted?.Contains(core) != false)];
        if (usable.Length == 0)
            throw new ProblemException(new Problem("no-core", "Agent:Cpus", $"none of the cores {options.Value.Cpus} may be used here, only {string.Join(',', allowed)}"));
        double quota = new ControlGroup(files).CpuQuota() ?? usable.Length;
        return [.. usable.Take(Math.Max(1, (int)quota))];
    }

    private int MemoryMib() => (int)Math.Min((MachineMemory.Bytes(files) ?? 0) / BytesPerMib, int.MaxValue);
}
