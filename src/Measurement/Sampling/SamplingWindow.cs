using Fleetmark.Measurement.Launches;

namespace Fleetmark.Measurement.Sampling;

/// <summary>What the phase <c>sample</c> came to.</summary>
public sealed record SamplingWindow
{
    /// <summary>Begin in <c>CLOCK_MONOTONIC</c> nanoseconds.</summary>
    public required long WindowStart { get; init; }

    /// <summary>End in <c>CLOCK_MONOTONIC</c> nanoseconds.</summary>
    public required long WindowEnd { get; init; }

    /// <summary>Every sample in its order.</summary>
    public required long[] Nanoseconds { get; init; }

    /// <summary>Calls timed as one sample.</summary>
    public required int CallsPerSample { get; init; }

    /// <summary>Half-width reached, as a share of the median; null below 30 samples.</summary>
    public required double? HalfWidth { get; init; }

    /// <summary>Begin in <c>CLOCK_MONOTONIC</c> nanoseconds and number of samples of each burst.</summary>
    public required IReadOnlyList<long[]> Bursts { get; init; }

    /// <summary>What the garbage collector did; the bytes are those of the timing loop alone.</summary>
    public required CollectionReport Collections { get; init; }
}
