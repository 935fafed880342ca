using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Results;

namespace Fleetmark.Storage.Results;

/// <summary>A result with a number.</summary>
/// <param name="Key">Job and attempt.</param>
/// <param name="DeviceId">Row of the device it ran on.</param>
/// <param name="Launches">Its launches; at least one has a number.</param>
/// <param name="Inspection">What the runtime makes of the model; null where nobody looked.</param>
public sealed record CompletionRequest(AttemptKey Key, int DeviceId, IReadOnlyList<LaunchReport> Launches, InspectionReport? Inspection = null);
