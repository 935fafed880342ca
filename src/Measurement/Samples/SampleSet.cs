namespace Fleetmark.Measurement.Samples;

/// <summary>The samples of a launch in the order they were taken.</summary>
/// <param name="Nanoseconds">Elapsed time of each sample; not negative.</param>
/// <param name="CallsPerSample">Calls timed as one sample, at least 1. The time of a call is the sample divided by it.</param>
public sealed record SampleSet(IReadOnlyList<long> Nanoseconds, int CallsPerSample)
{
    /// <summary>Samples of each concurrent loop, in the order in which they follow each other; empty for a single loop, whose samples all follow each other.</summary>
    public IReadOnlyList<int> Streams { get; init; } = [];
}
