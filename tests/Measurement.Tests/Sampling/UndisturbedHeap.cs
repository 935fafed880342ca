namespace Fleetmark.Measurement.Tests.Sampling;

/// <summary>Tests that count collections of this process: whatever another test allocates at the same time would be counted with them.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class UndisturbedHeap;
