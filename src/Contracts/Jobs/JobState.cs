namespace Fleetmark.Contracts.Jobs;

/// <summary>Where a job stands. The numbers are stored; append only.</summary>
public enum JobState
{
    /// <summary>Waits for a device.</summary>
    Ready = 0,

    /// <summary>An attempt is open.</summary>
    Leased = 1,

    /// <summary>A result was accepted.</summary>
    Done = 2,

    /// <summary>It can never succeed.</summary>
    Failed = 3,

    /// <summary>Its attempts are used up.</summary>
    Dead = 4,

    /// <summary>Withdrawn, or its run was cancelled.</summary>
    Cancelled = 5,
}
