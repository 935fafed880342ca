using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Contracts.Tables;

/// <summary>A cell of a run with its number, or with the reason it has none.</summary>
public sealed record CellResult
{
    /// <summary>The coordinate.</summary>
    public required Cell Cell { get; init; }

    /// <summary>What its place shows.</summary>
    public required CellState State { get; init; }

    /// <summary>Failure code when there is no number; see <see cref="FailureCode"/>.</summary>
    public string? Code { get; init; }

    /// <summary>Median of the launch medians, in µs per batch; of a throughput cell the latency under load. Null when there is no number.</summary>
    public double? P50Us { get; init; }

    /// <summary>Lower end of the 95 % interval; null with fewer than two launches, and for a throughput cell.</summary>
    public double? CiLowUs { get; init; }

    /// <summary>Upper end of the 95 % interval.</summary>
    public double? CiHighUs { get; init; }

    /// <summary>Smallest sample of all counted launches.</summary>
    public double? MinUs { get; init; }

    /// <summary>90th percentile; null with too few samples.</summary>
    public double? P90Us { get; init; }

    /// <summary>95th percentile; null with too few samples.</summary>
    public double? P95Us { get; init; }

    /// <summary>99th percentile; null with too few samples.</summary>
    public double? P99Us { get; init; }

    /// <summary>Arithmetic mean.</summary>
    public double? MeanUs { get; init; }

    /// <summary>Median of the launches' energy per image in µJ; null where none was measured.</summary>
    public double? EnergyUjPerItem { get; init; }

    /// <summary>The same above what the idle device uses.</summary>
    public double? EnergyNetUjPerItem { get; init; }

    /// <summary>Medians of the counted launches, in the order of repetitions.</summary>
    public IReadOnlyList<double> LaunchP50Us { get; init; } = [];

    /// <summary>Median of the launches' throughput in completed images per second; null for a latency cell and when there is no number.</summary>
    public double? RatePerS { get; init; }

    /// <summary>Lower end of its 95 % interval; null with fewer than two launches.</summary>
    public double? RateLowPerS { get; init; }

    /// <summary>Upper end of its 95 % interval.</summary>
    public double? RateHighPerS { get; init; }

    /// <summary>Throughput of the counted launches, in the order of repetitions; empty for a latency cell.</summary>
    public IReadOnlyList<double> LaunchRatePerS { get; init; } = [];

    /// <summary>Samples of all counted launches.</summary>
    public int Count { get; init; }

    /// <summary>Launches that count.</summary>
    public int Launches { get; init; }

    /// <summary>Launches that were started.</summary>
    public int LaunchesStarted { get; init; }

    /// <summary>Attempts, also those that failed or were rejected.</summary>
    public int Attempts { get; init; }

    /// <summary>Flags of the launches, united.</summary>
    public long Flags { get; init; }

    /// <summary>Notes such as <c>few-launches</c>.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What really ran, such as <c>fp32</c>.</summary>
    public string? PrecisionEffective { get; init; }
}
