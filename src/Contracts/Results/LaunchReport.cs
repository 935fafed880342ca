using System.Text.Json;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Contracts.Results;

/// <summary>
/// One worker process: its phases, its statistics (recomputed by the agent from the samples, never the worker's own), its verdict and its series. Durations carry
/// their unit in the name. A percentile that needs more samples is null, never interpolated.
/// </summary>
public sealed record LaunchReport
{
    /// <summary>Number inside the attempt, from 0.</summary>
    public required short Launch { get; init; }

    /// <summary>Start by the agent's clock; for people, decides nothing.</summary>
    public required DateTimeOffset AgentStartedAt { get; init; }

    /// <summary>What it ran in.</summary>
    public required EnvironmentReport Environment { get; init; }

    /// <summary>What it is worth.</summary>
    public required MeasurementState State { get; init; }

    /// <summary>Flags of <c>LaunchFlags</c>.</summary>
    public long Flags { get; init; }

    /// <summary>Notes for people, such as <c>warm-up-untested</c>.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why it failed; null otherwise.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>What really ran, such as <c>fp32</c>; null when it failed.</summary>
    public string? PrecisionEffective { get; init; }

    /// <summary>What that counts as; null when it failed.</summary>
    public Precision? Arithmetic { get; init; }

    /// <summary>SHA-256 of the output bytes of one call, 32 bytes.</summary>
    public byte[]? OutputSha256 { get; init; }

    /// <summary>Process start to session ready.</summary>
    public double? LoadMs { get; init; }

    /// <summary>The first call, autotuning included.</summary>
    public double? FirstMs { get; init; }

    /// <summary>Length of the warm-up.</summary>
    public double? WarmupMs { get; init; }

    /// <summary>Length of the sampling window.</summary>
    public double? SamplingMs { get; init; }

    /// <summary>Calls of the warm-up.</summary>
    public int? WarmupCalls { get; init; }

    /// <summary>True when the warm-up test was passed; null when it was not applied.</summary>
    public bool? Steady { get; init; }

    /// <summary>Median of back-to-back clock reads on that machine; never subtracted.</summary>
    public double? TimerFloorNs { get; init; }

    /// <summary>Calls timed as one sample; more than 1 only for calls near the timer's floor.</summary>
    public int CallsPerSample { get; init; } = 1;

    /// <summary>Number of samples.</summary>
    public int Count { get; init; }

    /// <summary>Smallest sample.</summary>
    public double? MinUs { get; init; }

    /// <summary>5th percentile.</summary>
    public double? P5Us { get; init; }

    /// <summary>Median: the headline.</summary>
    public double? P50Us { get; init; }

    /// <summary>90th percentile.</summary>
    public double? P90Us { get; init; }

    /// <summary>95th percentile.</summary>
    public double? P95Us { get; init; }

    /// <summary>99th percentile.</summary>
    public double? P99Us { get; init; }

    /// <summary>99.9th percentile.</summary>
    public double? P999Us { get; init; }

    /// <summary>Largest sample.</summary>
    public double? MaxUs { get; init; }

    /// <summary>Arithmetic mean.</summary>
    public double? MeanUs { get; init; }

    /// <summary>Standard deviation.</summary>
    public double? SdUs { get; init; }

    /// <summary>Median absolute deviation.</summary>
    public double? MadUs { get; init; }

    /// <summary>Interquartile range.</summary>
    public double? IqrUs { get; init; }

    /// <summary>Half-width of the 95 % interval of the median by block medians, as a share of the median.</summary>
    public double? HalfWidthRel { get; init; }

    /// <summary>Half-width the effort aims at, as a share.</summary>
    public double? TargetRel { get; init; }

    /// <summary>Autocorrelation of neighbouring samples.</summary>
    public double? Lag1 { get; init; }

    /// <summary>Samples beyond 3 × DoubleMAD; flagged, never dropped.</summary>
    public int? Outliers { get; init; }

    /// <summary>Medians of the contiguous blocks behind the interval.</summary>
    public IReadOnlyList<double>? BlockP50Us { get; init; }

    /// <summary>Completed images per second; null for a launch that measured no throughput.</summary>
    public double? RatePerS { get; init; }

    /// <summary>Garbage collections in the window.</summary>
    public int? GcCount { get; init; }

    /// <summary>Pause they caused.</summary>
    public double? GcPauseUs { get; init; }

    /// <summary>Time stolen by the hypervisor, as a share of the window; null where the host does not tell.</summary>
    public double? StealRel { get; init; }

    /// <summary>Clock that the GPU's multiprocessors had or more for nine tenths of the window; null for a CPU and where the device does not tell, as for all that follows.</summary>
    public double? SmClockP10Mhz { get; init; }

    /// <summary>Their median clock.</summary>
    public double? SmClockP50Mhz { get; init; }

    /// <summary>Temperature of the GPU before the launch.</summary>
    public double? TempStartC { get; init; }

    /// <summary>Its highest temperature in the window.</summary>
    public double? TempMaxC { get; init; }

    /// <summary>Its mean power in the window.</summary>
    public double? PowerMeanW { get; init; }

    /// <summary>How long heat held its clocks down in the window.</summary>
    public double? ViolationUs { get; init; }

    /// <summary>Every reason for a clock that was seen in the window, in the driver's bits.</summary>
    public long? ClockEventBits { get; init; }

    /// <summary>Its energy in the window.</summary>
    public long? EnergyMj { get; init; }

    /// <summary>True when the energy was summed up from power readings.</summary>
    public bool? EnergyEstimated { get; init; }

    /// <summary>Energy per image in µJ, over a loop of its own; null where none was asked for or measured.</summary>
    public double? EnergyUjPerItem { get; init; }

    /// <summary>The same above what the idle device uses; null where that is not known.</summary>
    public double? EnergyNetUjPerItem { get; init; }

    /// <summary>What that took, idle watching and loop, in seconds.</summary>
    public double? EnergySeconds { get; init; }

    /// <summary>Most of its memory that was in use during the launch.</summary>
    public long? DeviceMemBytes { get; init; }

    /// <summary>The worker's result and the telemetry summary in full.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>The raw series; of a failed launch none.</summary>
    public IReadOnlyList<SampleSeries> Series { get; init; } = [];
}
