namespace Fleetmark.Agent.Fleet;

/// <summary>The cores on which workers of GPUs are timed, of all GPUs of the machine: what else the agent starts keeps off them, as long as there are others.</summary>
internal sealed class TimedCores
{
    /// <summary>In ascending order.</summary>
    internal IReadOnlyList<int> All { get; private set; } = [];

    /// <summary>Names the devices; before the first work.</summary>
    internal void Reserve(IReadOnlyList<Device> devices) => All = [.. devices.Where(device => !device.IsCpu).SelectMany(device => device.Cpus).Distinct().Order()];
}
