using Fleetmark.Agent.Nvml;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Contracts.Fleet;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Fleet;

/// <summary>What this machine offers, without starting an agent: enough to say what a plan would mean here.</summary>
public static class LocalMachine
{
    /// <summary>The device classes of this machine, with the runtimes that are installed and may be started; nothing is probed, so a broken runtime shows at the first run only.</summary>
    public static IReadOnlyList<DeviceClass> DeviceClasses(AgentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        IOptions<AgentOptions> wrapped = Options.Create(options);
        using NvmlLibrary gpus = GpuDriver.Open(options.Nvml, TimeProvider.System);
        var catalog = new RuntimeCatalog(wrapped);
        return
        [
            .. new DeviceInventory(new HostFiles("/"), gpus, wrapped).Find()
                .Select(device => Class(device, [.. catalog.All.Where(r => r.Devices.Contains(device.Vendor, StringComparer.Ordinal) && catalog.Refusal(r) is null).Select(r => $"runtime:{r.Name}")]))
                .GroupBy(found => found.Slug, StringComparer.Ordinal)
                .Select(alike => alike.First() with { Devices = [.. alike.SelectMany(found => found.Devices).Order(StringComparer.Ordinal)] }),
        ];
    }

    private static DeviceClass Class(Device device, IReadOnlyList<string> runtimes)
    {
        DeviceClassName name = DeviceClassNaming.Name(device.Vendor, device.Name, device.MemoryMib, device.IsCpu ? device.Cpus.Count : 0, device.ComputeCapability ?? "");
        return new DeviceClass
        {
            Slug = name.Slug,
            Vendor = device.Vendor,
            DisplayName = name.DisplayName,
            Capabilities = [.. runtimes, $"provider:{(device.IsCpu ? Device.CpuVendor : "cuda")}", "precision:fp32"],
            Offered = true,
            Devices = [device.Uuid],
        };
    }
}
