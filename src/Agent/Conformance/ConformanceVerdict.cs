namespace Fleetmark.Agent.Conformance;

/// <summary>How a check of a worker came out.</summary>
public enum ConformanceVerdict
{
    /// <summary>As the protocol demands.</summary>
    Passed,

    /// <summary>Not as the protocol demands.</summary>
    Failed,

    /// <summary>The protocol demands it only of workers that claim more than this one.</summary>
    NotApplicable,
}
