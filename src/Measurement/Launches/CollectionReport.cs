namespace Fleetmark.Measurement.Launches;

/// <summary>What a managed worker's garbage collector did in the sampling window.</summary>
public sealed record CollectionReport
{
    /// <summary>Collections of any generation.</summary>
    public int Collections { get; init; }

    /// <summary>Pause they caused, in milliseconds.</summary>
    public double PauseMs { get; init; }

    /// <summary>Bytes allocated by the sampling thread.</summary>
    public long AllocatedBytes { get; init; }
}
