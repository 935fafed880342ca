namespace Fleetmark.Contracts.Runs;

/// <summary>How long a run's samples are kept. The numbers are stored; append only.</summary>
public enum RunKeep
{
    /// <summary>Days.</summary>
    Ephemeral = 0,

    /// <summary>Months.</summary>
    Normal = 1,

    /// <summary>For ever: others are compared with it.</summary>
    Baseline = 2,

    /// <summary>For ever: pinned or published.</summary>
    Pinned = 3,
}
