using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Measurement.Launches;
using Fleetmark.Storage.Jobs;

namespace Fleetmark.Silo.Fleet;

/// <summary>A job as its agent reads it.</summary>
internal static class LaunchSpecifications
{
    /// <summary>What to measure, without what only the agent knows (paths, cores).</summary>
    public static LaunchSpecification Of(JobSpecification job)
    {
        Cell cell = job.Cell;
        var launch = new LaunchSpecification
        {
            ModelName = cell.Model,
            ModelSha256 = cell.ArtifactSha256,
            Definition = job.Definition ?? "",
            Weights = job.Weights ?? "",
            Precision = (int)cell.Precision,
            // Expansion withdraws such a cell unless its plan allows emulation, so one that is assigned is allowed.
            AllowEmulated = cell is { Precision: Precision.Fp16, Provider: ExecutionProviders.Cpu },
            Scope = (int)cell.Scope,
            Kind = (int)cell.Kind,
            Concurrency = cell.Concurrency ?? 0,
            Batch = cell.Batch,
            Crop = cell.Crop,
            Provider = cell.Provider,
            Flavour = cell.Flavour,
            Effort = (int)job.Effort,
            Seed = job.OrderSeed,
            Repetition = job.Repetition,
            Clocks = cell.Clocks.IsFree ? "" : cell.Clocks.ToString(),
            // Sentinels tell how far apart equal times are; their energy is nobody's question.
            Energy = job.Energy && cell.Sentinel is null,
        };
        foreach ((string key, string value) in cell.Options) launch.Options.Add(key, value);
        return launch;
    }
}
