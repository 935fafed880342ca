using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Storage.Runs;

/// <summary>Projection: the outcome of a cell in a run over its repetitions. Table <c>run_cell</c>.</summary>
internal sealed class RunCellRow
{
    public long RunId { get; init; }

    public int CellId { get; init; }

    public int Basis { get; init; }

    public bool Complete { get; init; }

    public DateTimeOffset FinishedAt { get; init; }

    public CellState State { get; init; }

    public string? Code { get; init; }

    public long Flags { get; init; }

    public string[] Notes { get; init; } = [];

    public int? DeviceId { get; init; }

    public int? EnvironmentId { get; init; }

    public string? PrecisionEffective { get; init; }

    public Precision? Arithmetic { get; init; }

    public short Launches { get; init; }

    public short LaunchesStarted { get; init; }

    public short Attempts { get; init; }

    public int Count { get; init; }

    public double? P50Us { get; init; }

    public double? CiLowUs { get; init; }

    public double? CiHighUs { get; init; }

    public double? LogSd { get; init; }

    public double? WithinLogSd { get; init; }

    public required double[] LaunchP50Us { get; init; }

    public double? MinUs { get; init; }

    public double? P5Us { get; init; }

    public double? P90Us { get; init; }

    public double? P95Us { get; init; }

    public double? P99Us { get; init; }

    public double? P99UpperUs { get; init; }

    public double? P999Us { get; init; }

    public double? MaxUs { get; init; }

    public double? MeanUs { get; init; }

    public double? SdUs { get; init; }

    public float? SmClockP50Mhz { get; init; }

    public double? RatePerS { get; init; }

    public double? RateLowPerS { get; init; }

    public double? RateHighPerS { get; init; }

    public double[] LaunchRatePerS { get; init; } = [];

    public double? EnergyUjPerItem { get; init; }

    public double? EnergyNetUjPerItem { get; init; }

    public long? DeviceMemBytes { get; init; }
}
