using System.Text.Json.Nodes;
using Fleetmark.Agent.Nvml;

namespace Fleetmark.Agent.Fleet;

/// <summary>What can be said about a device at a launch. Read anew each time: administrators change limits and modes while an agent lives. What is not known is null.</summary>
internal sealed class DeviceFacts(NvmlLibrary gpus)
{
    /// <summary>Version of the driver of a device; null for a CPU.</summary>
    internal string? Driver(Device device) => device.IsCpu ? null : gpus.DriverVersion;

    /// <summary>The device, with what its driver tells of it.</summary>
    /// <param name="device">The device.</param>
    /// <param name="link">Its link while it worked: the launch is over when this is read, and an idle card lets its link slow down. Of a CPU without meaning.</param>
    internal JsonObject Read(Device device, PcieLink link)
    {
        var facts = new JsonObject { ["uuid"] = device.Uuid, ["vendor"] = device.Vendor, ["name"] = device.Name };
        if (device.IsCpu) return facts;
        facts["computeCapability"] = device.ComputeCapability;
        facts["simulated"] = device.IsSimulated;
        facts["driver"] = gpus.DriverVersion;
        facts["cudaDriver"] = gpus.CudaVersion;
        if (gpus.Find(device.Uuid).Device?.Facts() is not { } gpu) return facts;
        facts["pciId"] = gpu.PciId;
        facts["vbios"] = gpu.Vbios;
        facts["memoryBytes"] = gpu.MemoryBytes;
        facts["ecc"] = gpu.Ecc;
        facts["mig"] = gpu.Mig;
        facts["persistence"] = gpu.Persistence;
        facts["defaultPowerLimitW"] = gpu.DefaultPowerLimitW;
        facts["powerLimitW"] = gpu.PowerLimitW;
        facts["maximumSmClockMhz"] = gpu.MaximumSmClockMhz;
        facts["maximumMemoryClockMhz"] = gpu.MaximumMemoryClockMhz;
        facts["applicationsSmClockMhz"] = gpu.ApplicationsSmClockMhz;
        facts["applicationsMemoryClockMhz"] = gpu.ApplicationsMemoryClockMhz;
        facts["pcieGeneration"] = link.Generation;
        facts["pcieWidth"] = link.Width;
        return facts;
    }
}
