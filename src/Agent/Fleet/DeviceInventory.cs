using Fleetmark.Agent.Nvml;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Documents;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Fleet;

/// <summary>Finds the devices of this machine: its CPU, all packages as one device, and every GPU or MIG instance the driver tells of.</summary>
internal sealed class DeviceInventory(HostFiles files, NvmlLibrary gpus, IOptions<AgentOptions> options)
{
    private const long BytesPerMib = 1 << 20;

    /// <summary>
    /// For who only looks: the devices under the names that agents know them by, without a data folder being made for it. Where the machine has no identity, its agent keeps
    /// one there; without agent there is none to keep.
    /// </summary>
    /// <param name="files">The kernel's files.</param>
    /// <param name="gpus">The driver's library.</param>
    /// <param name="options">Of the agent.</param>
    /// <param name="passing">A folder that goes after the look.</param>
    internal static DeviceInventory ForLook(HostFiles files, NvmlLibrary gpus, AgentOptions options, DirectoryInfo passing) => new(
        files, gpus, Options.Create(new AgentOptions { DataFolder = Directory.Exists(options.DataFolder) ? options.DataFolder : passing.FullName, Cpus = options.Cpus }));

    /// <summary>The devices, without what their runtimes can do.</summary>
    /// <exception cref="ProblemException">None of the configured cores is there.</exception>
    internal IReadOnlyList<Device> Find()
    {
        IReadOnlyList<int> allowed = CpuList.Parse(files.Value("proc/self/status", "Cpus_allowed_list") ?? "") ?? [.. Enumerable.Range(0, Environment.ProcessorCount)];
        var cores = new CoreChoice(files, allowed);
        return [Cpu(allowed), .. gpus.Devices().Select(gpu => Gpu(gpu, cores)).OfType<Device>()];
    }

    private Device Cpu(IReadOnlyList<int> allowed) => new()
    {
        Uuid = MachineIdentity.CpuUuid(MachineIdentity.Read(files, options.Value.DataFolder)),
        Vendor = Device.CpuVendor,
        Name = files.Value("proc/cpuinfo", "model name") ?? files.Value("proc/cpuinfo", "Model") ?? "CPU",
        MemoryMib = MemoryMib(),
        Cpus = Cpus(allowed),
    };

    /// <summary>Null for a device that does not tell who it is: nothing could be said about its results later.</summary>
    private Device? Gpu(NvmlDevice gpu, CoreChoice cores)
    {
        GpuFacts facts = gpu.Facts();
        return gpu.Uuid() is not { Length: > 0 } uuid ? null : new Device
        {
            Uuid = uuid,
            Vendor = Device.NvidiaVendor,
            Name = facts.Name ?? "GPU",
            MemoryMib = (int)Math.Min((facts.MemoryBytes ?? 0) / BytesPerMib, int.MaxValue),
            Cpus = [cores.For(facts.PciId)],
            ComputeCapability = facts.ComputeCapability,
            Driver = gpus.DriverVersion,
            IsSimulated = gpus.IsSimulated,
        };
    }

    /// <summary>The cores affinity leaves to the agent, narrowed by configuration and cut to what the quota pays for.</summary>
    private IReadOnlyList<int> Cpus(IReadOnlyList<int> allowed)
    {
        IReadOnlyList<int>? wanted = options.Value.Cpus.Length == 0 ? null : CpuList.Parse(options.Value.Cpus);
        int[] usable = [.. allowed.Where(core => wanted?.Contains(core) != false)];
        if (usable.Length == 0)
            throw new ProblemException(new Problem("no-core", "Agent:Cpus", $"none of the cores {options.Value.Cpus} may be used here, only {string.Join(',', allowed)}"));
        double quota = new ControlGroup(files).CpuQuota() ?? usable.Length;
        return [.. usable.Take(Math.Max(1, (int)quota))];
    }

    private int MemoryMib() => (int)Math.Min((MachineMemory.Bytes(files) ?? 0) / BytesPerMib, int.MaxValue);
}
