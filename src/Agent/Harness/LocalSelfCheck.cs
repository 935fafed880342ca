using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Nvml;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Workers;
using Fleetmark.Documents;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Harness;

/// <summary>Lets the worker that is installed here measure what the harness adds to a call, without starting an agent.</summary>
/// <param name="options">Settings of the agent; a data folder that is not there is not made.</param>
/// <param name="clock">Of the supervision.</param>
/// <param name="log">Where the supervision says what it does.</param>
public sealed class LocalSelfCheck(AgentOptions options, TimeProvider clock, ILoggerFactory log)
{
    private readonly HostFiles _files = new("/");

    /// <summary>Checks; the CPU is taken for it as for a launch, so that neither disturbs the other.</summary>
    /// <exception cref="ProblemException">The configuration is wrong, or a folder cannot be used.</exception>
    public async Task<SelfCheckOutcome> RunAsync(CancellationToken cancel)
    {
        DirectoryInfo passing = Directory.CreateTempSubdirectory("fleetmark-");
        try
        {
            using NvmlLibrary gpus = GpuDriver.Open(options.Nvml, clock);
            IReadOnlyList<Device> devices = DeviceInventory.ForLook(_files, gpus, options, passing).Find();
            Device cpu = devices.First(device => device.IsCpu);
            using DeviceLocks? taken = Take(cpu, devices);
            return taken is null ? SelfCheckOutcome.Nothing("an agent of this machine measures; wait until its run has ended") : await CheckAsync(cpu, passing, cancel);
        }
        finally
        {
            passing.Delete(recursive: true);
        }
    }

    /// <param name="cpu">The CPU.</param>
    /// <param name="passing">Holds the worker's folder: an agent that starts meanwhile ends every worker it finds in its own.</param>
    /// <param name="cancel">Ends the worker.</param>
    private async Task<SelfCheckOutcome> CheckAsync(Device cpu, DirectoryInfo passing, CancellationToken cancel)
    {
        IOptions<AgentOptions> own = Options.Create(new AgentOptions { DataFolder = passing.FullName, WorkerMemoryMib = options.WorkerMemoryMib });
        using var stop = new StopSignal();
        await using CancellationTokenRegistration onCancel = cancel.Register(() => stop.Raise(StopReason.Cancelled, Ladder.Hasty));
        var launcher = new WorkerLauncher(own, new WorkerMemory(_files, own), clock, log.CreateLogger<WorkerLauncher>());
        SelfCheckOutcome outcome = await new HarnessCheck(new RuntimeCatalog(Options.Create(options)), launcher, clock).RunAsync(cpu, stop);
        cancel.ThrowIfCancellationRequested();
        return outcome;
    }

    private DeviceLocks? Take(Device cpu, IReadOnlyList<Device> devices)
    {
        try
        {
            if (options.LockFolder is { } locks) Directory.CreateDirectory(locks);
            return DeviceLocks.TryTake(options, cpu, devices);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("agent-folder", "Agent:LockFolder", e.Message.TrimEnd('.'), "set it to a folder the agent may write to"));
        }
    }
}
