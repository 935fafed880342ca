using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Contracts.Plans;

/// <summary>A job before it has a row.</summary>
/// <param name="Cell">What it measures.</param>
/// <param name="Repetition">Which launch of the cell it is, from 0.</param>
/// <param name="OrderKey">Place in the run's order: rounds of repetitions, each round shuffled by the run's seed.</param>
/// <param name="Requires">Capabilities its device must have, such as <c>runtime:ort131-cpu</c>.</param>
/// <param name="WithdrawnCode">Set when it will never be measured: <c>unsupported…</c> or <c>no-device-class</c>; null for a job that waits.</param>
public sealed record PlannedJob(Cell Cell, short Repetition, int OrderKey, IReadOnlyList<string> Requires, string? WithdrawnCode);
