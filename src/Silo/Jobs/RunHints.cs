using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Runs;

namespace Fleetmark.Silo.Jobs;

/// <summary>Hints to grains that rows changed. They may be lost: a poll stands behind each.</summary>
internal sealed class RunHints(IGrainFactory grains)
{
    /// <summary>Something happened to a job of the run.</summary>
    public void Progress(RunId runId) => grains.GetGrain<IRunGrain>(runId.Value).Progress().Ignore();

    /// <summary>A job of the pool is ready again.</summary>
    public void WorkAvailable(string pool, RunId runId)
    {
        grains.GetGrain<IDevicePoolGrain>(pool).WorkAvailable().Ignore();
        Progress(runId);
    }
}
