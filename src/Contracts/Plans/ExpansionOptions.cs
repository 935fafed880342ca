using Fleetmark.Measurement.Efforts;

namespace Fleetmark.Contracts.Plans;

/// <summary>What a run adds to a plan.</summary>
public sealed record ExpansionOptions
{
    /// <summary>Effort of the run; null = the plan's.</summary>
    public Effort? Effort { get; init; }

    /// <summary>Seed of the order of measurements, stored with the run.</summary>
    public required long OrderSeed { get; init; }

    /// <summary>
    /// True for a local run: a device word means the classes that are offered now, and cells of classes nobody offers are withdrawn. False in a fleet, where their jobs
    /// wait for a device.
    /// </summary>
    public bool OfferedClassesOnly { get; init; }

    /// <summary>Artifacts of the A/A sentinels' models (<see cref="PlanExpansion.SentinelModels"/>); a sentinel whose model is missing is not added.</summary>
    public IReadOnlyList<PlanArtifact> Sentinels { get; init; } = [];
}
