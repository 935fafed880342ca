namespace Fleetmark.Measurement.Launches;

/// <summary>How long a worker samples (key <c>sample</c> of a launch).</summary>
public sealed record SamplingSettings
{
    /// <summary>Shortest window in milliseconds.</summary>
    public required int MinMs { get; init; }

    /// <summary>Fewest samples, unless <see cref="MaxMs"/> comes first.</summary>
    public required int MinCount { get; init; }

    /// <summary>Longest window in milliseconds, unless <see cref="FloorCount"/> is not reached yet.</summary>
    public required int MaxMs { get; init; }

    /// <summary>Most samples; 1 to 10,000,000.</summary>
    public required int MaxCount { get; init; }

    /// <summary>Samples taken however long they last.</summary>
    public required int FloorCount { get; init; }

    /// <summary>Half-width of the 95 % interval of the median, as a share of it, that ends the sampling.</summary>
    public required double HalfWidth { get; init; }
}
