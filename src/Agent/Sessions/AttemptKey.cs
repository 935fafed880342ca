using System.Globalization;
using System.Runtime.InteropServices;
using Fleetmark.Contracts.Fleet.Wire;

namespace Fleetmark.Agent.Sessions;

/// <summary>The fence: every word about a leased job carries both numbers.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Attempt">Number of the attempt, from 1.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AttemptKey(long JobId, int Attempt)
{
    internal static AttemptKey From(AttemptRef? wire) => wire is null ? default : new AttemptKey(wire.JobId, wire.Attempt);

    internal AttemptRef ToWire() => new() { JobId = JobId, Attempt = Attempt };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{JobId}-{Attempt}");
}
