namespace Fleetmark.Storage.Databases;

/// <summary>Keys of the advisory locks, in one place so that no two purposes share one. The upper half says the purpose, the lower which one.</summary>
internal static class AdvisoryLocks
{
    /// <summary>Held while migrations are applied.</summary>
    internal const long Migration = 0x464D_0001L << 32;

    private const long RunPurpose = 0x464D_0002L << 32;

    /// <summary>Held by the process that drives a run for a person who waits.</summary>
    internal static long Run(long runId) => RunPurpose + runId;
}
