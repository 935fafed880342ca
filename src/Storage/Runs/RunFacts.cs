using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Efforts;

namespace Fleetmark.Storage.Runs;

/// <summary>A run's row with its plan's source.</summary>
/// <param name="RunUid">Its identity outside this database.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Effort">Its effort.</param>
/// <param name="OrderSeed">Seed of the order of measurements.</param>
/// <param name="SubmittedAt">When it was submitted (UTC).</param>
/// <param name="EndedAt">When it ended (UTC).</param>
/// <param name="PlanSource">The plan's YAML.</param>
/// <param name="PlanSha256">Its SHA-256, 64 hexadecimal digits.</param>
/// <param name="Owner">Who submitted it.</param>
/// <param name="Priority">Its priority.</param>
public sealed record RunFacts(
    Guid RunUid, RunState State, Effort Effort, long OrderSeed, DateTimeOffset SubmittedAt, DateTimeOffset? EndedAt, string PlanSource, string PlanSha256, string Owner,
    short Priority);
