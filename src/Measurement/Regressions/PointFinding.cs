namespace Fleetmark.Measurement.Regressions;

/// <summary>What a new point of a series looks like.</summary>
public enum PointFinding
{
    /// <summary>Its segment has fewer than three points.</summary>
    TooFewPoints = 0,

    /// <summary>It was measured under other conditions and begins a new segment.</summary>
    NewConditions = 1,

    /// <summary>It lies where its segment lies.</summary>
    Expected = 2,

    /// <summary>It lies elsewhere: measure again before anybody is told.</summary>
    Suspicious = 3,
}
