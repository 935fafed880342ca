using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Agent.Spool;

/// <summary>A result on disk that nobody has acknowledged.</summary>
/// <param name="Attempt">Whose result it is.</param>
/// <param name="Path">The file: the UTF-8 JSON of <c>AttemptResult</c>.</param>
/// <param name="SizeBytes">Its length.</param>
internal sealed record SpooledResult(AttemptKey Attempt, string Path, long SizeBytes);
