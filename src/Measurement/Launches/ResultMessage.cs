using System.Text.Json;

namespace Fleetmark.Measurement.Launches;

/// <summary>
/// The end of a launch that has a number. Only the window and <see cref="OutputReport.Finite"/> are demanded of foreign workers; statistics are computed from the
/// samples, never taken from here.
/// </summary>
public sealed record ResultMessage : WorkerMessage
{
    internal const string Word = "result";

    /// <summary>Begin of the sampling window, in <c>CLOCK_MONOTONIC</c> nanoseconds.</summary>
    public required long WindowStart { get; init; }

    /// <summary>End of the sampling window, in <c>CLOCK_MONOTONIC</c> nanoseconds.</summary>
    public required long WindowEnd { get; init; }

    /// <summary>Median of back-to-back clock reads, in nanoseconds.</summary>
    public long? TimerFloorNs { get; init; }

    /// <summary>Length of each phase in milliseconds, by its word.</summary>
    public IReadOnlyDictionary<string, double>? PhasesMs { get; init; }

    /// <summary>What the warm-up came to.</summary>
    public WarmUpReport? Warmup { get; init; }

    /// <summary>Half-width reached, as a share of the median; null when there was no interval.</summary>
    public double? HalfWidth { get; init; }

    /// <summary>Bursts of the window: begin in <c>CLOCK_MONOTONIC</c> nanoseconds and number of samples.</summary>
    public IReadOnlyList<long[]>? Bursts { get; init; }

    /// <summary>What the worker's garbage collector did in the window.</summary>
    public CollectionReport? Gc { get; init; }

    /// <summary>The loop that was asked for by <see cref="LaunchRequest.Energy"/>; null of a worker that did none.</summary>
    public EnergyReport? Energy { get; init; }

    /// <summary>The output of one call.</summary>
    public required OutputReport Output { get; init; }

    /// <summary>What really ran.</summary>
    public EffectiveReport? Effective { get; init; }

    /// <summary>Memory figures of the worker, as it names them.</summary>
    public JsonElement? Memory { get; init; }

    /// <summary>Versions and settings of the worker's surroundings, as it names them.</summary>
    public JsonElement? Environment { get; init; }
}
