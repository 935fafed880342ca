namespace Fleetmark.Measurement.Launches;

/// <summary>Why a worker was ended.</summary>
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

    /// <summary>It outgrew its memory limit, or the system ended it for want of memory.</summary>
    OutOfMemory = 4,
}
