using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Storage.Jobs;

/// <summary>An attempt somebody holds.</summary>
public sealed record LeaseRef(JobId JobId, int Attempt);
