namespace Fleetmark.Contracts.Jobs;

/// <summary>What a cell measures. The numbers are stored; append only.</summary>
public enum CellKind
{
    /// <summary>Time per batch.</summary>
    Latency = 0,

    /// <summary>Completed images per second of concurrent closed loops.</summary>
    Throughput = 1,

    /// <summary>Top-1 and Top-5.</summary>
    Accuracy = 2,
}
