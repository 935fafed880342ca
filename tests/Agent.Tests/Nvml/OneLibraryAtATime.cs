namespace Fleetmark.Agent.Tests.Nvml;

/// <summary>Functions called by pointer have no object: what they answer is known to the whole process, so tests that script it run one after the other.</summary>
[CollectionDefinition(nameof(OneLibraryAtATime))]
public sealed class OneLibraryAtATime;
