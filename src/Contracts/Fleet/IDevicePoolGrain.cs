using Orleans.Concurrency;

namespace Fleetmark.Contracts.Fleet;

/// <summary>Decides which job goes to which device of one class. Key: slug of the device class.</summary>
[Alias(WireAliases.DevicePoolGrain)]
public interface IDevicePoolGrain : IGrainWithStringKey
{
    /// <summary>Replaces what the pool knows of one silo's ready devices.</summary>
    [Alias("Ready")] Task Ready(ReadyReport report);

    /// <summary>Hint that the class has new jobs. Losing one costs at most the poll of two seconds.</summary>
    [OneWay, Alias("WorkAvailable")] Task WorkAvailable();
}
