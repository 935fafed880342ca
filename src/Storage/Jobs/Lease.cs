using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Storage.Jobs;

/// <summary>A lease that was taken.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Attempt">Number of the attempt: the fencing token.</param>
/// <param name="DeviceId">Row of the device.</param>
public sealed record Lease(JobId JobId, int Attempt, int DeviceId);
