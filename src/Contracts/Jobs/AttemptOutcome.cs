namespace Fleetmark.Contracts.Jobs;

/// <summary>How an attempt ended; an open attempt has none. The numbers are stored; append only.</summary>
public enum AttemptOutcome
{
    /// <summary>Its result was accepted.</summary>
    Ok = 0,

    /// <summary>It failed.</summary>
    Error = 1,

    /// <summary>Measured under bad conditions, and a retry was left.</summary>
    RejectedNoise = 2,

    /// <summary>Nobody renewed it.</summary>
    LeaseExpired = 3,

    /// <summary>Its job was cancelled.</summary>
    Cancelled = 4,

    /// <summary>Given back unstarted or unfinished; counts for nothing.</summary>
    Returned = 5,
}
