namespace Fleetmark.Agent.Telemetry;

/// <summary>The cores that who watches a launch keeps off, as long as there are others.</summary>
/// <param name="Own">Its worker's; the last to be given up.</param>
/// <param name="Others">Those of other workers.</param>
internal sealed record LaunchCores(IReadOnlyList<int> Own, IReadOnlyList<int> Others);
