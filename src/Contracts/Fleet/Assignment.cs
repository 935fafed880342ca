using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Contracts.Fleet;

/// <summary>A leased job on its way to its device. (job, attempt) is the fence: every later word about it carries both.</summary>
[GenerateSerializer, Immutable, Alias(WireAliases.Assignment)]
public sealed record Assignment
{
    /// <summary>The job.</summary>
    [Id(0)] public required JobId JobId { get; init; }

    /// <summary>Number of the attempt, from 1.</summary>
    [Id(1)] public required int Attempt { get; init; }

    /// <summary>Row of the device.</summary>
    [Id(2)] public required int DeviceId { get; init; }
}
