using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Contracts.Fleet;

/// <summary>The fence as messages between agent and silo carry it.</summary>
public static class AttemptWire
{
    extension(AttemptKey key)
    {
        /// <summary>The key of a message; that of no job where the message has none.</summary>
        public static AttemptKey From(AttemptRef? wire) => wire is null ? default : new AttemptKey(new JobId(wire.JobId), wire.Attempt);

        /// <summary>The key as a message carries it.</summary>
        public AttemptRef ToWire() => new() { JobId = key.JobId.Value, Attempt = key.Attempt };
    }
}
