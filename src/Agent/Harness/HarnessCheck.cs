using System.ComponentModel;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Workers;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.SelfCheck;

namespace Fleetmark.Agent.Harness;

/// <summary>Lets a worker of ours measure what its timing path adds to a call; see <see cref="SelfCheckReport"/>.</summary>
internal sealed class HarnessCheck(RuntimeCatalog catalog, WorkerLauncher launcher, TimeProvider clock)
{
    /// <summary>Checks; the CPU is the caller's alone meanwhile.</summary>
    /// <param name="cpu">The CPU. One core is used, and not the first, which takes the interrupts of most machines.</param>
    /// <param name="stop">Ends it early.</param>
    internal async Task<SelfCheckOutcome> RunAsync(Device cpu, StopSignal stop)
    {
        if (catalog.Builder is not { } runtime) return SelfCheckOutcome.Nothing("no worker of ours is installed beside the program; build again with ./fleetmark");
        if (catalog.Refusal(runtime) is { } refusal) return SelfCheckOutcome.Nothing(refusal);
        try
        {
            WorkerRun run = await launcher.RunAsync(runtime.Command, "selfcheck", _ => SelfCheckReport.Request([cpu.Cpus[^1]]), observer: null, stop);
            return run.Outcome.Failure is { } failure
                ? SelfCheckOutcome.Nothing($"worker {runtime.Name}: {failure.Text} ({failure.Code})")
                : SelfCheckOutcome.Measured(SelfCheckReport.Of(runtime.Name, clock.GetUtcNow(), (SelfCheckMessage)run.Outcome.Answer!));
        }
        catch (Win32Exception e)
        {
            return SelfCheckOutcome.Nothing($"worker {runtime.Name} cannot be started: {e.Message}");
        }
    }
}
