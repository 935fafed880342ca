namespace Fleetmark.Agent.Link;

/// <summary>How a dial or session ended.</summary>
/// <param name="Length">Time since <c>Welcome</c>; zero when none came.</param>
/// <param name="Reason">For people.</param>
internal sealed record SessionEnd(TimeSpan Length, string Reason)
{
    /// <summary>Range of the delay the silo asked for, if it sent the agent away.</summary>
    internal (TimeSpan Low, TimeSpan High)? GoAway { get; init; }

    /// <summary>True when the silo speaks no protocol of this agent.</summary>
    internal bool IsTooOld { get; init; }
}
