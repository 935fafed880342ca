namespace Fleetmark.Contracts.Runs;

/// <summary>Who asked for a run. The numbers are stored; append only.</summary>
public enum RunOrigin
{
    /// <summary>A person or a script.</summary>
    Submitted = 0,

    /// <summary>A schedule.</summary>
    Schedule = 1,

    /// <summary>A bundle.</summary>
    Import = 2,

    /// <summary>The regression detector.</summary>
    Confirmation = 3,

    /// <summary>The fleet itself, such as a canary.</summary>
    System = 4,
}
