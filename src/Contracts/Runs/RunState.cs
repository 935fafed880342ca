namespace Fleetmark.Contracts.Runs;

/// <summary>Where a run stands. The numbers are stored; append only.</summary>
public enum RunState
{
    /// <summary>Accepted; nothing is leased yet.</summary>
    Queued = 0,

    /// <summary>At least one job was leased.</summary>
    Running = 1,

    /// <summary>Every job has a result, or can have none on its devices.</summary>
    Done = 2,

    /// <summary>Some jobs failed.</summary>
    Partial = 3,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled = 4,

    /// <summary>No result was accepted.</summary>
    Failed = 5,

    /// <summary>The process that drove it went away; it can be resumed.</summary>
    Interrupted = 6,
}
