using Fleetmark.Agent.Telemetry;
using Fleetmark.Contracts.Fleet;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Fleet;

/// <summary>What this machine offers, without starting an agent: enough to say what a plan would mean here.</summary>
public static class LocalMachine
{
    /// <summary>The device classes of this machine, with the runtimes that are installed; nothing is probed, so a broken runtime shows at the first run only.</summary>
    public static IReadOnlyList<DeviceClass> DeviceClasses(AgentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        IOptions<AgentOptions> wrapped = Options.Create(options);
        string[] runtimes = [.. new RuntimeCatalog(wrapped).All.Select(r => $"runtime:{r.Name}")];
        return [.. new DeviceInventory(new HostFiles("/"), wrapped).Find().Select(device => Class(device, runtimes))];
    }

    private static DeviceClass Class(Device device, IReadOnlyList<string> runtimes)
    {
        DeviceClassName name = DeviceClassNaming.Name(device.Vendor, device.Name, device.MemoryMib, device.Cpus.Count, "");
        return new DeviceClass
        {
            Slug = name.Slug,
            Vendor = device.Vendor,
            DisplayName = name.DisplayName,
            Capabilities = [.. runtimes, $"provider:{device.Vendor}", "precision:fp32"],
            Offered = true,
        };
    }
}
