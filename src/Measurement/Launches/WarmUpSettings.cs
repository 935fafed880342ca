namespace Fleetmark.Measurement.Launches;

/// <summary>How a worker warms up (key <c>warmup</c> of a launch).</summary>
public sealed record WarmUpSettings
{
    /// <summary>Shortest warm-up in milliseconds.</summary>
    public required int MinMs { get; init; }

    /// <summary>Fewest calls.</summary>
    public required int MinCalls { get; init; }

    /// <summary>Longest warm-up in milliseconds; then the launch goes on and is flagged.</summary>
    public required int CapMs { get; init; }

    /// <summary>Length of a window in milliseconds.</summary>
    public required int WindowMs { get; init; }

    /// <summary>Fewest calls of a window; it is cut at 4 × <see cref="WindowMs"/>.</summary>
    public required int WindowCalls { get; init; }

    /// <summary>Number of last windows the steadiness test looks at; 2 to 64.</summary>
    public required int Windows { get; init; }

    /// <summary>Largest allowed quotient of the greatest and the smallest window median; above 1.</summary>
    public required double Ratio { get; init; }

    /// <summary>Calls that are the whole warm-up of a cell whose calls take 0.5 s or more.</summary>
    public required int SlowCalls { get; init; }
}
