namespace Fleetmark.Measurement.Launches;

/// <summary>Why an agent ended a worker.</summary>
public enum WorkerStop
{
    /// <summary>It did not; the worker left by itself.</summary>
    None = 0,

    /// <summary>The attempt was cancelled.</summary>
    Cancelled = 1,

    /// <summary>A phase outlasted its deadline.</summary>
    Deadline = 2,

    /// <summary>It broke the protocol.</summary>
    Violation = 3,
}
