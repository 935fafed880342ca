using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Storage.Jobs;

/// <summary>A lease that lives on.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="CancelRequested">True when its run is being stopped: the launch shall end.</param>
public sealed record RenewedLease(JobId JobId, int Attempt, bool CancelRequested);
