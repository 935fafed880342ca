using Fleetmark.Agent.Fleet;
using Fleetmark.Cli.Embedded;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Documents;

namespace Fleetmark.Cli.Plans;

/// <summary>The device classes of this machine as a run would offer them, for looking: workers are asked what they can do, and nothing is left behind.</summary>
internal static class LocalDevices
{
    /// <summary>Finds them.</summary>
    /// <exception cref="ProblemException">The agent's configuration is wrong, or a device is in use.</exception>
    public static Task<IReadOnlyList<DeviceClass>> FindAsync(FleetmarkHome home, CancellationToken cancel) =>
        LocalMachine.ProbeAsync(EmbeddedAgent.Options(home), TimeProvider.System, cancel);
}
