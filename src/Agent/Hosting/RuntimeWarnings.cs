using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Hosting;

/// <summary>
/// The log messages that say why a configured runtime is not offered, or not yet. A run that names it has cells without numbers, so a person in front of the run must see
/// them, also where other warnings are not shown.
/// </summary>
public static class RuntimeWarnings
{
    /// <summary>Begin of the categories they are logged under.</summary>
    public static string Category { get; } = typeof(Fleet.RuntimeProbe).Namespace!;

    /// <summary>True for these messages.</summary>
    /// <param name="message">Event of a message of these categories.</param>
    public static bool Holds(EventId message) => message.Id is Fleet.RuntimeProbe.RefusedEvent or Fleet.RuntimeProbe.FailedEvent or Fleet.MachineProbe.WaitsEvent;
}
