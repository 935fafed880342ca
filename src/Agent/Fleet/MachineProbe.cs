using Fleetmark.Agent.Workers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Fleet;

/// <summary>
/// Finds out what every device of the machine can do, each while it is nobody else's: a worker that tries it would disturb whoever measures on it. One that is in use is
/// waited for.
/// </summary>
internal sealed partial class MachineProbe(RuntimeProbe probe, IOptions<AgentOptions> options, TimeProvider clock, ILogger<MachineProbe> log)
{
    internal const int WaitsEvent = 5310;

    /// <summary>The devices with what they can do. One whose lock cannot be asked for can do nothing, and neither can those that are left when the agent stops.</summary>
    /// <param name="devices">All devices of the machine.</param>
    /// <param name="stop">Ends it early.</param>
    internal async Task<IReadOnlyList<Device>> ProbeAsync(IReadOnlyList<Device> devices, StopSignal stop)
    {
        var probed = new List<Device>();
        foreach (Device device in devices) probed.Add(await ProbeAsync(device, devices, stop));
        return probed;
    }

    private async Task<Device> ProbeAsync(Device device, IReadOnlyList<Device> all, StopSignal stop)
    {
        try
        {
            using DeviceLocks locks = DeviceLocks.TryTake(options.Value, device, all) ?? await WaitAsync(device, all, stop);
            return await probe.ProbeAsync(device, stop);
        }
        catch (IOException e)
        {
            LogNoLock(device.Uuid, e.Message);
            return device;
        }
        catch (OperationCanceledException) when (stop.Reason is not null)
        {
            return device;
        }
    }

    private Task<DeviceLocks> WaitAsync(Device device, IReadOnlyList<Device> all, StopSignal stop)
    {
        LogWaits(device.Uuid, device.Name);
        return DeviceLocks.TakeAsync(options.Value, device, all, clock, stop.Token);
    }

    [LoggerMessage(WaitsEvent, LogLevel.Warning, "Device {Device} ({Name}) is in use by another process of this machine; what it can do is found out when it is free")]
    private partial void LogWaits(string device, string name);

    [LoggerMessage(5311, LogLevel.Warning, "Device {Device} gets no jobs, because its lock cannot be asked for: {Reason}")]
    private partial void LogNoLock(string device, string reason);
}
