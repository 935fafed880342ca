using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Jobs;

/// <summary>How long energy is watched: long enough for counters that move ten times a second to be known to a per cent.</summary>
internal sealed record EnergyTimes
{
    /// <summary>How long the idle device is watched before the worker is started.</summary>
    internal TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the worker is asked to keep the device busy.</summary>
    internal EnergySettings Loop { get; init; } = new() { MinMs = 10_000 };
}
