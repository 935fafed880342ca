using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Results;

namespace Fleetmark.Storage.Results;

/// <summary>The launches of one attempt on their way into rows.</summary>
internal sealed record LaunchFact(AttemptKey Key, IReadOnlyList<LaunchReport> Launches);
