using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Contracts.Plans;

/// <summary>A cell in an <see cref="ExpansionView"/>, with every coordinate.</summary>
public sealed record ExpansionCell
{
    /// <summary>Number inside the view, from 0; jobs refer to it.</summary>
    public required int Number { get; init; }

    /// <summary>What is measured: <c>latency</c>, <c>throughput</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Slug of the device class.</summary>
    public required string DeviceClass { get; init; }

    /// <summary>Number format: <c>fp32</c>, <c>fp16</c>, <c>int8</c>.</summary>
    public required string Precision { get; init; }

    /// <summary>Images per call.</summary>
    public required int Batch { get; init; }

    /// <summary>Height and width of the input in pixels.</summary>
    public required int Crop { get; init; }

    /// <summary>Shorter side before the crop in pixels.</summary>
    public required int ResizeShort { get; init; }

    /// <summary>Execution provider.</summary>
    public required string Provider { get; init; }

    /// <summary>Runtime flavour.</summary>
    public required string Runtime { get; init; }

    /// <summary>What one sample covers: <c>e2e</c>, <c>device</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>Provider options of the plan.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>Clock policy: <c>free</c>, <c>base</c>, <c>max</c>, or MHz.</summary>
    public required string Clocks { get; init; }

    /// <summary>Concurrent closed loops; null for a latency cell.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Label of an A/A sentinel, <c>a</c> or <c>b</c>; null for a cell of the plan.</summary>
    public string? Sentinel { get; init; }

    /// <summary>UUID of the only device that measures an A/A sentinel; null for a cell of the plan.</summary>
    public string? Device { get; init; }

    /// <summary>Identity of the coordinate, 64 hexadecimal digits: the same in every run.</summary>
    public required string CoordinateSha256 { get; init; }

    internal static ExpansionCell Of(int number, Cell cell) => new()
    {
        Number = number,
        Kind = CellCoordinate.Word(cell.Kind),
        Model = cell.Model,
        DeviceClass = cell.DeviceClass,
        Precision = CellCoordinate.Word(cell.Precision),
        Batch = cell.Batch,
        Crop = cell.Crop,
        ResizeShort = cell.ResizeShort,
        Provider = cell.Provider,
        Runtime = cell.Flavour,
        Scope = CellCoordinate.Word(cell.Scope),
        Options = new SortedDictionary<string, string>(cell.Options.ToDictionary(), StringComparer.Ordinal),
        Clocks = cell.Clocks.ToString(),
        Concurrency = cell.Concurrency,
        Sentinel = cell.Sentinel?.Label,
        Device = cell.Sentinel?.Device,
        CoordinateSha256 = Convert.ToHexStringLower(cell.CoordinateSha256()),
    };
}
