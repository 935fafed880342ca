using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Storage.Jobs;

/// <summary>A lease that lives on.</summary>
/// <param name="Key">Job and attempt.</param>
/// <param name="CancelRequested">True when its run is being stopped: the launch shall end.</param>
public sealed record RenewedLease(AttemptKey Key, bool CancelRequested);
