using Fleetmark.Agent.Nvml;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Workers;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Documents;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Fleet;

/// <summary>What this machine offers, without starting an agent: enough to say what a plan would mean here.</summary>
public static class LocalMachine
{
    /// <summary>Code of the problem that a device is in use.</summary>
    public const string InUse = "device-in-use";

    /// <summary>How long somebody is waited for who has a device: another look is over in seconds, a measurement is not.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The device classes of this machine with what its runtimes can do on them, working or not: each is started and asked, as an agent does, while nobody else uses the
    /// device. Nothing is left behind.
    /// </summary>
    /// <param name="options">Of the agent.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancel">Ends the workers.</param>
    /// <exception cref="ProblemException">The options do not fit this machine, or a device is in use (<see cref="InUse"/>).</exception>
    public static async Task<IReadOnlyList<DeviceClass>> ProbeAsync(AgentOptions options, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        DirectoryInfo passing = Directory.CreateTempSubdirectory("fleetmark-");
        try
        {
            IReadOnlyList<Device> devices = await ProbeAsync(options, passing, clock, cancel);
            return [.. devices.GroupBy(device => Name(device).Slug, StringComparer.Ordinal).Select(alike => Class([.. alike]))];
        }
        finally
        {
            passing.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Device>> ProbeAsync(AgentOptions options, DirectoryInfo passing, TimeProvider clock, CancellationToken cancel)
    {
        // An agent that starts meanwhile ends every worker it finds in its own folder.
        IOptions<AgentOptions> own = Options.Create(new AgentOptions { DataFolder = passing.FullName, WorkerMemoryMib = options.WorkerMemoryMib });
        var files = new HostFiles("/");
        using NvmlLibrary gpus = GpuDriver.Open(options.Nvml, clock);
        using var stop = new StopSignal();
        await using CancellationTokenRegistration onCancel = cancel.Register(() => stop.Raise(StopReason.Cancelled, Ladder.Hasty));
        var launcher = new WorkerLauncher(own, new WorkerMemory(files, own), clock, NullLogger<WorkerLauncher>.Instance);
        var probe = new RuntimeProbe(new RuntimeCatalog(Options.Create(options)), launcher, new OptionKeys(), NullLogger<RuntimeProbe>.Instance);
        IReadOnlyList<Device> all = DeviceInventory.ForLook(files, gpus, options, passing).Find();
        var devices = new List<Device>();
        foreach (Device device in all)
        {
            using DeviceLocks locks = await TakeAsync(options, device, all, clock, cancel);
            devices.Add(await probe.ProbeAsync(device, stop));
        }

        cancel.ThrowIfCancellationRequested();
        return devices;
    }

    private static async Task<DeviceLocks> TakeAsync(AgentOptions options, Device device, IReadOnlyList<Device> all, TimeProvider clock, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            if (options.LockFolder is { } locks) Directory.CreateDirectory(locks);
            return await DeviceLocks.TakeAsync(options, device, all, clock, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new ProblemException(new Problem(
                InUse, device.IsCpu ? "CPU" : device.Uuid, $"{device.Name} is in use by a measurement, which a look would disturb", "wait until its run has ended"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("agent-folder", "Agent:LockFolder", e.Message.TrimEnd('.'), "set it to a folder the agent may write to"));
        }
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
