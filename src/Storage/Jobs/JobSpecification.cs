using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Efforts;

namespace Fleetmark.Storage.Jobs;

/// <summary>A job with everything its agent must know.</summary>
/// <param name="JobId">The job.</param>
/// <param name="RunId">Its run.</param>
/// <param name="Cell">What it measures.</param>
/// <param name="Repetition">Which launch of the cell it is, from 0.</param>
/// <param name="Effort">Effort of its run.</param>
/// <param name="OrderSeed">Seed of its run.</param>
/// <param name="Energy">True when its plan asks for energy too.</param>
/// <param name="Definition">Definition a built-in model is built from; null for an imported file.</param>
/// <param name="Weights">Recipe of the weights; null for an imported file.</param>
public sealed record JobSpecification(JobId JobId, RunId RunId, Cell Cell, short Repetition, Effort Effort, long OrderSeed, bool Energy, string? Definition, string? Weights);
