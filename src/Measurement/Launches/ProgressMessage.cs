namespace Fleetmark.Measurement.Launches;

/// <summary>How far a worker is, at most four times a second and only between bursts of timed calls. Droppable.</summary>
public sealed record ProgressMessage : WorkerMessage
{
    internal const string Word = "progress";

    /// <summary>Word of the phase.</summary>
    public required string Phase { get; init; }

    /// <summary>Calls of the phase so far.</summary>
    public long Calls { get; init; }

    /// <summary>Time in the phase so far, in milliseconds.</summary>
    public double ElapsedMs { get; init; }

    /// <summary>Median of the calls so far, in nanoseconds; null while unknown.</summary>
    public long? MedianNs { get; init; }

    /// <summary>Half-width reached, as a share of the median; null while unknown.</summary>
    public double? HalfWidth { get; init; }
}
