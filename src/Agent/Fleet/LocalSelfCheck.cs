using System.ComponentModel;
using Fleetmark.Agent.Files;
using Fleetmark.Agent.Nvml;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Workers;
using Fleetmark.Documents;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.SelfCheck;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Fleet;

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
        var catalog = new RuntimeCatalog(Options.Create(options));
        if (catalog.Builder is not { } runtime) return Nothing("no worker of ours is installed beside the program; build again with ./fleetmark");
        if (catalog.Refusal(runtime) is { } refusal) return Nothing(refusal);
        DirectoryInfo passing = Directory.CreateTempSubdirectory("fleetmark-");
        try
        {
            Device cpu = Cpu(passing);
            using FileLock? taken = Take(cpu);
            return taken is null
                ? Nothing("an agent of this machine uses the CPU; wait until its run has ended")
                : await AskAsync(runtime, [cpu.Cpus[^1]], passing, cancel);
        }
        finally
        {
            passing.Delete(recursive: true);
        }
    }

    /// <summary>The CPU under the name that agents know it by. Where the machine has no identity, its agent keeps one in the data folder; without agent there is none to keep.</summary>
    private Device Cpu(DirectoryInfo passing)
    {
        if (!Directory.Exists(options.DataFolder)) options.DataFolder = passing.FullName;
        using NvmlLibrary none = NvmlLibrary.Open(null);
        return new DeviceInventory(_files, none, Options.Create(options)).Find().First(device => device.IsCpu);
    }

    private FileLock? Take(Device cpu)
    {
        try
        {
            if (options.LockFolder is { } locks) Directory.CreateDirectory(locks);
            return FileLock.TryTake(options.DeviceLock(cpu.Uuid));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("agent-folder", "Agent:LockFolder", e.Message.TrimEnd('.'), "set it to a folder the agent may write to"));
        }
    }

    /// <param name="runtime">Which worker.</param>
    /// <param name="cores">One core, and not the first, which takes the interrupts of most machines.</param>
    /// <param name="passing">Holds the worker's folder: an agent that starts meanwhile ends every worker it finds in its own.</param>
    /// <param name="cancel">Ends the worker.</param>
    private async Task<SelfCheckOutcome> AskAsync(Runtime runtime, IReadOnlyList<int> cores, DirectoryInfo passing, CancellationToken cancel)
    {
        IOptions<AgentOptions> own = Options.Create(new AgentOptions { DataFolder = passing.FullName, WorkerMemoryMib = options.WorkerMemoryMib });
        using var stop = new StopSignal();
        await using CancellationTokenRegistration onCancel = cancel.Register(() => stop.Raise(StopReason.Cancelled, Ladder.Hasty));
        var launcher = new WorkerLauncher(own, new WorkerMemory(_files, own), clock, log.CreateLogger<WorkerLauncher>());
        try
        {
            WorkerRun run = await launcher.RunAsync(runtime.Command, "selfcheck", _ => SelfCheckReport.Request(cores), observer: null, stop);
            cancel.ThrowIfCancellationRequested();
            return run.Outcome.Failure is { } failure
                ? Nothing($"worker {runtime.Name}: {failure.Text} ({failure.Code})")
                : new SelfCheckOutcome(SelfCheckReport.Of(runtime.Name, (SelfCheckMessage)run.Outcome.Answer!), "");
        }
        catch (Win32Exception e)
        {
            return Nothing($"worker {runtime.Name} cannot be started: {e.Message}");
        }
    }

    private static SelfCheckOutcome Nothing(string reason) => new(null, reason);
}
