namespace Fleetmark.Agent.Conformance;

/// <summary>One thing the protocol demands, and how it is tried.</summary>
/// <param name="Name">Its name, the same in every version.</param>
/// <param name="Section">The heading of <c>docs/worker-protocol.md</c> that says so.</param>
/// <param name="Expected">What is demanded, in one line.</param>
/// <param name="TryAsync">Tries it.</param>
internal sealed record ConformanceCheck(string Name, string Section, string Expected, Func<ConformanceTrial, Task<Observation>> TryAsync);
