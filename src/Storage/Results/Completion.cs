using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;

namespace Fleetmark.Storage.Results;

/// <summary>What became of a result.</summary>
/// <param name="Key">Job and attempt.</param>
/// <param name="RunId">Run of the job; null unless accepted.</param>
/// <param name="Answer">What to tell the agent.</param>
public sealed record Completion(AttemptKey Key, RunId? RunId, CompletionAnswer Answer);
