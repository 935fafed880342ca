using Fleetmark.Agent.Nvml;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Workers;
using Fleetmark.Contracts.Fleet;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Fleet;

/// <summary>What this machine offers, without starting an agent: enough to say what a plan would mean here.</summary>
public static class LocalMachine
{
    /// <summary>The device classes of this machine with what its runtimes can do on them, working or not: each is started and asked, as an agent does.</summary>
    /// <param name="options">Of the agent; workers run in its data folder.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancel">Ends the workers.</param>
    /// <exception cref="Documents.ProblemException">The options do not fit this machine.</exception>
    public static async Task<IReadOnlyList<DeviceClass>> ProbeAsync(AgentOptions options, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        IOptions<AgentOptions> wrapped = Options.Create(options);
        var files = new HostFiles("/");
        using NvmlLibrary gpus = GpuDriver.Open(options.Nvml, clock);
        using var stop = new StopSignal();
        await using CancellationTokenRegistration onCancel = cancel.Register(() => stop.Raise(StopReason.Cancelled, Ladder.Hasty));
        var launcher = new WorkerLauncher(wrapped, new WorkerMemory(files, wrapped), clock, NullLogger<WorkerLauncher>.Instance);
        var probe = new RuntimeProbe(new RuntimeCatalog(wrapped), launcher, NullLogger<RuntimeProbe>.Instance);
        var devices = new List<Device>();
        foreach (Device device in new DeviceInventory(files, gpus, wrapped).Find()) devices.Add(await probe.ProbeAsync(device, stop));
        cancel.ThrowIfCancellationRequested();
        return [.. devices.GroupBy(device => Name(device).Slug, StringComparer.Ordinal).Select(alike => Class([.. alike]))];
    }

    private static DeviceClassName Name(Device device) =>
        DeviceClassNaming.Name(device.Vendor, device.Name, device.MemoryMib, device.IsCpu ? device.Cpus.Count : 0, device.ComputeCapability ?? "");

    private static DeviceClass Class(IReadOnlyList<Device> alike)
    {
        DeviceClassName name = Name(alike[0]);
        return new DeviceClass
        {
            Slug = name.Slug,
            Vendor = alike[0].Vendor,
            DisplayName = name.DisplayName,
            Capabilities = [.. alike.SelectMany(device => device.Capabilities).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Offered = true,
            Devices = [.. alike.Select(device => device.Uuid).Order(StringComparer.Ordinal)],
            Findings = [.. alike.SelectMany(device => device.Findings).Distinct()],
        };
    }
}
