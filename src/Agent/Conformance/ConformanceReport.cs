namespace Fleetmark.Agent.Conformance;

/// <summary>What came of all checks of a worker.</summary>
/// <param name="Findings">One per check, in their order; empty when the worker cannot be started.</param>
/// <param name="NotStarted">Why it cannot be started, in one line; null when it was.</param>
public sealed record ConformanceReport(IReadOnlyList<ConformanceFinding> Findings, string? NotStarted = null);
