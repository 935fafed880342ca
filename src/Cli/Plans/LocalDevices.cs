using Fleetmark.Agent;
using Fleetmark.Agent.Fleet;
using Fleetmark.Contracts.Fleet;

namespace Fleetmark.Cli.Plans;

/// <summary>The device classes of this machine, for looking at plans without starting anything.</summary>
internal static class LocalDevices
{
    /// <summary>Finds them.</summary>
    public static IReadOnlyList<DeviceClass> Find(FleetmarkHome home)
    {
        home.Create();
        Directory.CreateDirectory(home.Agent);
        return LocalMachine.DeviceClasses(new AgentOptions { DataFolder = home.Agent, ModelsFolder = home.Models, Gateway = "unix:/" });
    }
}
