using Fleetmark.Agent;
using Fleetmark.Agent.Fleet;
using Fleetmark.Cli.Embedded;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Documents;

namespace Fleetmark.Cli.Plans;

/// <summary>The device classes of this machine as a run would offer them, for looking: workers are asked what they can do, and nothing is left behind.</summary>
internal static class LocalDevices
{
    /// <summary>Finds them.</summary>
    /// <exception cref="ProblemException">The agent's configuration is wrong.</exception>
    public static async Task<IReadOnlyList<DeviceClass>> FindAsync(FleetmarkHome home, CancellationToken cancel)
    {
        AgentOptions options = EmbeddedAgent.Options(home);
        // Where a machine has no identity of its own, the agent makes one up and keeps it in its data folder; who only looks leaves nothing there.
        DirectoryInfo passing = Directory.CreateTempSubdirectory("fleetmark-");
        try
        {
            options.DataFolder = passing.FullName;
            return await LocalMachine.ProbeAsync(options, TimeProvider.System, cancel);
        }
        finally
        {
            passing.Delete(recursive: true);
        }
    }
}
