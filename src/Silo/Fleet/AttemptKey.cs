using System.Runtime.InteropServices;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Silo.Fleet;

/// <summary>Job and attempt: the fence that every word about a leased job carries.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AttemptKey(JobId JobId, int Attempt)
{
    /// <summary>The key of a message.</summary>
    public static AttemptKey From(AttemptRef attempt) => new(new JobId(attempt.JobId), attempt.Attempt);

    /// <summary>The key as a message carries it.</summary>
    public AttemptRef ToWire() => new() { JobId = JobId.Value, Attempt = Attempt };
}
