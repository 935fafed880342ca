namespace Fleetmark.Measurement.Launches;

/// <summary>How long a worker keeps its device busy for the agent to measure energy (key <c>energy</c> of a launch).</summary>
public sealed record EnergySettings
{
    /// <summary>Longest loop anybody may ask for, in milliseconds.</summary>
    public const int LongestMs = 600_000;

    /// <summary>Shortest loop in milliseconds; 1 to <see cref="LongestMs"/>.</summary>
    public required int MinMs { get; init; }
}
