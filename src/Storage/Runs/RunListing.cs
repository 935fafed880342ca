using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Efforts;

namespace Fleetmark.Storage.Runs;

/// <summary>A run in a list.</summary>
/// <param name="RunId">Its number.</param>
/// <param name="RunUid">Its identity outside this database.</param>
/// <param name="PlanName">Name of its plan.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Effort">Its effort.</param>
/// <param name="SubmittedAt">When it was submitted (UTC).</param>
/// <param name="EndedAt">When it ended (UTC); null while it is open or interrupted.</param>
/// <param name="Jobs">Its jobs.</param>
/// <param name="Done">Those that are over, with or without a result.</param>
public sealed record RunListing(
    RunId RunId, Guid RunUid, string PlanName, RunState State, Effort Effort, DateTimeOffset SubmittedAt, DateTimeOffset? EndedAt, int Jobs, int Done);
