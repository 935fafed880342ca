namespace Fleetmark.Measurement.Launches;

/// <summary>The closed loop over which the agent measured energy (field <c>energy</c> of the result).</summary>
public sealed record EnergyReport
{
    /// <summary>Begin of the first call, in <c>CLOCK_MONOTONIC</c> nanoseconds.</summary>
    public required long Start { get; init; }

    /// <summary>End of the last call, in <c>CLOCK_MONOTONIC</c> nanoseconds.</summary>
    public required long End { get; init; }

    /// <summary>Calls in between, one after the other; at least one.</summary>
    public required long Calls { get; init; }
}
