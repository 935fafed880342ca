using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Judging;

namespace Fleetmark.Storage.Results;

/// <summary>A launch as it is stored, with its call times.</summary>
public sealed record StoredLaunch
{
    /// <summary>The job.</summary>
    public required JobId JobId { get; init; }

    /// <summary>The attempt.</summary>
    public required int Attempt { get; init; }

    /// <summary>Number inside the attempt.</summary>
    public required short Launch { get; init; }

    /// <summary>Which launch of its cell it is.</summary>
    public required short Repetition { get; init; }

    /// <summary>Identity of the cell, 64 hexadecimal digits.</summary>
    public required string CellSha256 { get; init; }

    /// <summary>How the attempt ended; null while it is open.</summary>
    public required AttemptOutcome? Outcome { get; init; }

    /// <summary>UUID of the device.</summary>
    public required string DeviceUuid { get; init; }

    /// <summary>Fingerprint of the environment, 64 hexadecimal digits.</summary>
    public required string Environment { get; init; }

    /// <summary>Start by the agent's clock.</summary>
    public required DateTimeOffset AgentStartedAt { get; init; }

    /// <summary>What it is worth.</summary>
    public required MeasurementState State { get; init; }

    /// <summary>Its flags.</summary>
    public required long Flags { get; init; }

    /// <summary>Its notes.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Why it failed.</summary>
    public required string? ErrorCode { get; init; }

    /// <summary>What really ran.</summary>
    public required string? PrecisionEffective { get; init; }

    /// <summary>Number of its samples.</summary>
    public required int Count { get; init; }

    /// <summary>Its median, in microseconds.</summary>
    public required double? P50Us { get; init; }

    /// <summary>Its throughput in images per second; null for a latency launch.</summary>
    public required double? RatePerS { get; init; }

    /// <summary>The worker's result as JSON.</summary>
    public required string Result { get; init; }

    /// <summary>Version of the sample codec; null when the samples expired.</summary>
    public required short? Codec { get; init; }

    /// <summary>Call times as the sample codec wrote them; null when they expired.</summary>
    public required byte[]? Samples { get; init; }
}
