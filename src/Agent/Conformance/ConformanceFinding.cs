namespace Fleetmark.Agent.Conformance;

/// <summary>What came of one check.</summary>
/// <param name="Check">Its name, the same in every version, such as <c>wrong-hash</c>.</param>
/// <param name="Verdict">How it came out.</param>
/// <param name="Expected">What the protocol demands, in one line.</param>
/// <param name="Found">What the worker did, in one line.</param>
/// <param name="Section">The heading of <c>docs/worker-protocol.md</c> that says so.</param>
public sealed record ConformanceFinding(string Check, ConformanceVerdict Verdict, string Expected, string Found, string Section);
