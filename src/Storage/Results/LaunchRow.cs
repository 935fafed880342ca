using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Storage.Results;

/// <summary>One worker process, also of attempts that were not accepted. Insert-only. Table <c>launch</c>.</summary>
internal sealed class LaunchRow
{
    public long JobId { get; init; }

    public int AttemptNo { get; init; }

    public short LaunchNo { get; init; }

    public int EnvironmentId { get; init; }

    public DateTimeOffset AgentStartedAt { get; init; }

    public MeasurementState State { get; init; }

    public long Flags { get; init; }

    public string[] Notes { get; init; } = [];

    public string? ErrorCode { get; init; }

    public string? PrecisionEffective { get; init; }

    public Precision? Arithmetic { get; init; }

    public byte[]? OutputSha256 { get; init; }

    public short EngineCache { get; init; }

    public double? LoadMs { get; init; }

    public double? FirstMs { get; init; }

    public double? WarmupMs { get; init; }

    public double? SamplingMs { get; init; }

    public int? WarmupCalls { get; init; }

    public bool? Steady { get; init; }

    public double? TimerFloorNs { get; init; }

    public int CallsPerSample { get; init; }

    public int Count { get; init; }

    public double? MinUs { get; init; }

    public double? P5Us { get; init; }

    public double? P50Us { get; init; }

    public double? P90Us { get; init; }

    public double? P95Us { get; init; }

    public double? P99Us { get; init; }

    public double? P999Us { get; init; }

    public double? MaxUs { get; init; }

    public double? MeanUs { get; init; }

    public double? SdUs { get; init; }

    public double? MadUs { get; init; }

    public double? IqrUs { get; init; }

    public double? HalfWidthRel { get; init; }

    public double? TargetRel { get; init; }

    public double? Lag1 { get; init; }

    public int? Outliers { get; init; }

    public double[]? BlockP50Us { get; init; }

    public double[]? ModesUs { get; init; }

    public double? RatePerS { get; init; }

    public int? GcCount { get; init; }

    public double? GcPauseUs { get; init; }

    public double? StealRel { get; init; }

    public float? SmClockP10Mhz { get; init; }

    public float? SmClockP50Mhz { get; init; }

    public float? TempStartC { get; init; }

    public float? TempMaxC { get; init; }

    public float? PowerMeanW { get; init; }

    public double? ViolationUs { get; init; }

    public long? ClockEventBits { get; init; }

    public long? EnergyMj { get; init; }

    public bool? EnergyEstimated { get; init; }

    public double? EnergyUjPerItem { get; init; }

    public double? EnergyNetUjPerItem { get; init; }

    public double? EnergySeconds { get; init; }

    public long? DeviceMemBytes { get; init; }

    public string Result { get; init; } = "{}";
}
