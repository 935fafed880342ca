using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Storage.Jobs;

/// <summary>A lease that was taken.</summary>
/// <param name="Key">Job and attempt.</param>
/// <param name="DeviceId">Row of the device.</param>
public sealed record Lease(AttemptKey Key, int DeviceId);
