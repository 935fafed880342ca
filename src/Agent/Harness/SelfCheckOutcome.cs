using Fleetmark.Measurement.SelfCheck;

namespace Fleetmark.Agent.Harness;

/// <summary>What came of a self-check.</summary>
/// <param name="Report">The report; null when nothing could be measured.</param>
/// <param name="Reason">Why there is no report, for people; empty when there is one.</param>
public sealed record SelfCheckOutcome(SelfCheckReport? Report, string Reason)
{
    internal static SelfCheckOutcome Measured(SelfCheckReport report) => new(report, "");

    internal static SelfCheckOutcome Nothing(string reason) => new(null, reason);
}
