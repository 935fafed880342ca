using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;

namespace Fleetmark.Storage.Jobs;

/// <summary>A job that waits for a device.</summary>
/// <param name="JobId">The job.</param>
/// <param name="RunId">Its run.</param>
/// <param name="Requires">Capabilities its device must have.</param>
/// <param name="MinMemoryMebibytes">Memory its device must have; null = any.</param>
/// <param name="PinnedDevice">The only device it may run on; null = any.</param>
/// <param name="ExcludedDevices">Devices it may not run on.</param>
public sealed record WaitingJob(
    JobId JobId, RunId RunId, IReadOnlyList<string> Requires, int? MinMemoryMebibytes, int? PinnedDevice, IReadOnlyList<int> ExcludedDevices);
