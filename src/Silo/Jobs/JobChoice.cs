using Fleetmark.Contracts.Fleet;
using Fleetmark.Storage.Jobs;

namespace Fleetmark.Silo.Jobs;

/// <summary>Which waiting job goes to which ready device: pure, so that the same queue and the same devices always give the same pairs.</summary>
internal static class JobChoice
{
    /// <summary>
    /// Pairs every device, longest idle first, with the first waiting job that fits it. Waiting jobs come in the order they shall run in (priority, run, order
    /// inside the run); a device and a job occur at most once.
    /// </summary>
    public static IReadOnlyList<ChosenPair> Choose(IEnumerable<ReadyDevice> devicesLongestIdleFirst, IReadOnlyList<WaitingJob> waiting)
    {
        var taken = new HashSet<long>();
        var pairs = new List<ChosenPair>();
        foreach (ReadyDevice device in devicesLongestIdleFirst)
        {
            WaitingJob? job = waiting.FirstOrDefault(j => !taken.Contains(j.JobId.Value) && Fits(j, device));
            if (job is null) continue;
            taken.Add(job.JobId.Value);
            pairs.Add(new ChosenPair(job, device));
        }

        return pairs;
    }

    /// <summary>True when the device has what the job requires and is not ruled out by pinning, exclusion or memory.</summary>
    public static bool Fits(WaitingJob job, ReadyDevice device) =>
        job.Requires.All(r => device.Capabilities.Contains(r, StringComparer.Ordinal))
        && (job.PinnedDevice is null || job.PinnedDevice == device.DeviceId)
        && !job.ExcludedDevices.Contains(device.DeviceId)
        && (job.MinMemoryMebibytes is null || device.MemoryMebibytes is null || job.MinMemoryMebibytes <= device.MemoryMebibytes);
}
