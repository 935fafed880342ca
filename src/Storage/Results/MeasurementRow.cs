using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Storage.Results;

/// <summary>The one accepted outcome of a latency job: the primary key says so. Insert-only. Table <c>measurement</c>.</summary>
internal sealed class MeasurementRow
{
    public long JobId { get; init; }

    public int AttemptNo { get; init; }

    public long RunId { get; init; }

    public int CellId { get; init; }

    public short Repetition { get; init; }

    public int DeviceId { get; init; }

    public int EnvironmentId { get; init; }

    public DateTimeOffset FinishedAt { get; init; }

    public MeasurementState State { get; init; }

    public long Flags { get; init; }

    public required string PrecisionEffective { get; init; }

    public Precision Arithmetic { get; init; }

    public short Launches { get; init; }

    public int Count { get; init; }

    public required double[] LaunchP50Us { get; init; }

    public double P50Us { get; init; }

    public double? HalfWidthRel { get; init; }

    public double MinUs { get; init; }

    public double? P90Us { get; init; }

    public double? P95Us { get; init; }

    public double? P99Us { get; init; }

    public double? P999Us { get; init; }

    public double MaxUs { get; init; }

    public double MeanUs { get; init; }

    public double? SdUs { get; init; }

    public double? RatePerS { get; init; }

    public double? EnergyUjPerItem { get; init; }

    public double? EnergyNetUjPerItem { get; init; }

    public bool? EnergyEstimated { get; init; }

    public long? DeviceMemBytes { get; init; }
}
