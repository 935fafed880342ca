using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Storage.Results;

/// <summary>A launch of an accepted result, with its samples.</summary>
public sealed record AcceptedLaunch
{
    /// <summary>Row of the cell.</summary>
    public required int CellId { get; init; }

    /// <summary>What it is worth.</summary>
    public required MeasurementState State { get; init; }

    /// <summary>Its flags.</summary>
    public required long Flags { get; init; }

    /// <summary>Its notes.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Its median.</summary>
    public required double? P50Us { get; init; }

    /// <summary>Its throughput in images per second; null for a latency launch.</summary>
    public required double? RatePerS { get; init; }

    /// <summary>Half-width of its interval, as a share.</summary>
    public required double? HalfWidthRel { get; init; }

    /// <summary>Number of its samples.</summary>
    public required int Count { get; init; }

    /// <summary>Calls timed as one sample.</summary>
    public required int CallsPerSample { get; init; }

    /// <summary>Row of its device.</summary>
    public required int DeviceId { get; init; }

    /// <summary>Row of its environment.</summary>
    public required int EnvId { get; init; }

    /// <summary>What really ran.</summary>
    public required string? PrecisionEffective { get; init; }

    /// <summary>What that counts as.</summary>
    public required Precision? Arithmetic { get; init; }

    /// <summary>When its result was accepted.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>Its call times as the sample codec wrote them; null when they expired.</summary>
    public required byte[]? Samples { get; init; }

    /// <summary>Median clock of the GPU; null for a CPU.</summary>
    public required double? SmClockP50Mhz { get; init; }

    /// <summary>Energy per image in µJ; null where none was measured.</summary>
    public double? EnergyUjPerItem { get; init; }

    /// <summary>The same above what the idle device uses.</summary>
    public double? EnergyNetUjPerItem { get; init; }

    /// <summary>What the worker said of its output.</summary>
    public required LaunchOutput Output { get; init; }
}
