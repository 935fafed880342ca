namespace Fleetmark.Measurement.Launches;

/// <summary>The phases of a launch in their order.</summary>
public enum LaunchPhase
{
    /// <summary>Process start to <c>hello</c>.</summary>
    Start = 0,

    /// <summary><c>hello</c> to session ready, engine builds included.</summary>
    Load = 1,

    /// <summary>The first call, autotuning included.</summary>
    First = 2,

    /// <summary>Calls until the times are steady.</summary>
    Warmup = 3,

    /// <summary>The timed calls: the window.</summary>
    Sample = 4,

    /// <summary>Calls over which the agent measures energy, where it asked for that.</summary>
    Energy = 5,

    /// <summary>Output check, report, leaving.</summary>
    Finish = 6,
}
