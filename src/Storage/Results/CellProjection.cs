using Fleetmark.Measurement.Launches;

namespace Fleetmark.Storage.Results;

/// <summary>A cell's outcome in a run, computed from its facts; a row of <c>run_cell</c>.</summary>
public sealed record CellProjection
{
    /// <summary>Row of the cell.</summary>
    public required int CellId { get; init; }

    /// <summary>Ended attempts plus accepted results it was computed from.</summary>
    public required int Basis { get; init; }

    /// <summary>True when no job of the cell is open and none is added.</summary>
    public required bool Complete { get; init; }

    /// <summary>When the last launch was accepted; null when there is none.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>0 to 4 as a measurement, 5 unsupported.</summary>
    public required short State { get; init; }

    /// <summary>Why there is no number.</summary>
    public string? Code { get; init; }

    /// <summary>Flags of the launches, united.</summary>
    public long Flags { get; init; }

    /// <summary>Notes for people.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Device of the first counted launch.</summary>
    public int? DeviceId { get; init; }

    /// <summary>Environment of the first counted launch.</summary>
    public int? EnvId { get; init; }

    /// <summary>What really ran.</summary>
    public string? PrecisionEffective { get; init; }

    /// <summary>What that counts as.</summary>
    public Precision? Arithmetic { get; init; }

    /// <summary>Launches that count.</summary>
    public required short Launches { get; init; }

    /// <summary>Launches that were started.</summary>
    public required short LaunchesStarted { get; init; }

    /// <summary>Attempts, counted or not.</summary>
    public required short Attempts { get; init; }

    /// <summary>Samples of the counted launches.</summary>
    public int N { get; init; }

    /// <summary>Median of the launches' throughput in images per second; null for a latency cell.</summary>
    public double? RatePerS { get; init; }

    /// <summary>Lower end of its 95 % interval.</summary>
    public double? RateLowPerS { get; init; }

    /// <summary>Upper end of its 95 % interval.</summary>
    public double? RateHighPerS { get; init; }

    /// <summary>Throughput of the counted launches in the order of repetitions; empty for a latency cell.</summary>
    public IReadOnlyList<double> LaunchRatePerS { get; init; } = [];

    /// <summary>Median of the launch medians; of a throughput cell the latency under load.</summary>
    public double? P50Us { get; init; }

    /// <summary>Lower end of the 95 % interval.</summary>
    public double? CiLowUs { get; init; }

    /// <summary>Upper end of the 95 % interval.</summary>
    public double? CiHighUs { get; init; }

    /// <summary>Standard deviation of the log launch medians.</summary>
    public double? LogSd { get; init; }

    /// <summary>Standard error within launches, pooled.</summary>
    public double? WithinLogSd { get; init; }

    /// <summary>Medians of the counted launches in the order of repetitions.</summary>
    public IReadOnlyList<double> LaunchP50Us { get; init; } = [];

    /// <summary>Median of the counted launches' median GPU clocks; null for a CPU.</summary>
    public double? SmClockP50Mhz { get; init; }

    /// <summary>Median of the counted launches' energy per image in µJ; null where none was measured.</summary>
    public double? EnergyUjPerItem { get; init; }

    /// <summary>The same above what the idle device uses.</summary>
    public double? EnergyNetUjPerItem { get; init; }

    /// <summary>Smallest sample.</summary>
    public double? MinUs { get; init; }

    /// <summary>5th percentile, pooled over the counted launches.</summary>
    public double? P5Us { get; init; }

    /// <summary>90th percentile, pooled.</summary>
    public double? P90Us { get; init; }

    /// <summary>95th percentile, pooled.</summary>
    public double? P95Us { get; init; }

    /// <summary>99th percentile, pooled.</summary>
    public double? P99Us { get; init; }

    /// <summary>99.9th percentile, pooled.</summary>
    public double? P999Us { get; init; }

    /// <summary>Largest sample.</summary>
    public double? MaxUs { get; init; }

    /// <summary>Arithmetic mean, pooled.</summary>
    public double? MeanUs { get; init; }

    /// <summary>Standard deviation, pooled.</summary>
    public double? SdUs { get; init; }
}
