using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Workers;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Tests;

/// <summary>Launchers whose work folders lie in a folder of the test.</summary>
internal static class Launchers
{
    /// <summary>One with a memory limit in MiB, and the kernel's files below <paramref name="root"/>.</summary>
    internal static WorkerLauncher In(TemporaryFolder folder, TimeProvider clock, RecordedLog log, int? memoryMib = null, string root = "/")
    {
        IOptions<AgentOptions> options = Options.Create(new AgentOptions { DataFolder = folder.At("data"), WorkerMemoryMib = memoryMib });
        return new WorkerLauncher(options, new WorkerMemory(new HostFiles(root), options), clock, log.For<WorkerLauncher>());
    }
}
