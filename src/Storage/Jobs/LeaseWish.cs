using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Storage.Jobs;

/// <summary>A job that shall run on a device.</summary>
/// <param name="JobId">The job.</param>
/// <param name="DeviceId">Row of the device.</param>
/// <param name="Incarnation">Process of the agent that offered the device; an older one gets nothing.</param>
public sealed record LeaseWish(JobId JobId, int DeviceId, long Incarnation);
