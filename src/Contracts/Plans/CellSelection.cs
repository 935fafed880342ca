using Fleetmark.Contracts.Jobs;
using Fleetmark.Documents;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Contracts.Plans;

/// <summary>Cells picked by coordinates; a coordinate left out means every value of the plan.</summary>
public sealed record CellSelection
{
    /// <summary>Model name.</summary>
    public string? Model { get; init; }

    /// <summary>Device word.</summary>
    public string? Device { get; init; }

    /// <summary>Number format.</summary>
    public Precision? Precision { get; init; }

    /// <summary>Batch size.</summary>
    public int? Batch { get; init; }

    /// <summary>Execution provider; only where the plan lists providers.</summary>
    public string? Provider { get; init; }

    /// <summary>Runtime flavour; only where the plan lists runtimes.</summary>
    public string? Runtime { get; init; }

    /// <summary>Clock policy.</summary>
    public ClockPolicy? Clocks { get; init; }

    /// <summary>Concurrent closed loops; only in the section <c>throughput</c>.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Where the plan writes it, for messages.</summary>
    public required Location At { get; init; }

    /// <summary>Key of <see cref="Concurrency"/>.</summary>
    internal const string ConcurrencyKey = "concurrency";

    /// <summary>Keys of the coordinates that every cell has, in the order of the properties.</summary>
    internal static IReadOnlyList<string> Coordinates { get; } = ["model", "device", "precision", "batch", "provider", "runtime", "clocks"];

    /// <summary>True when the selection picks this place of the plan.</summary>
    /// <param name="place">The place.</param>
    internal bool Picks(PlanPlace place) =>
        (Model is null || Model == place.Model)
        && (Device is null || Device == place.Device)
        && (Precision is null || Precision == place.Precision)
        && (Batch is null || Batch == place.Batch)
        && (Provider is null || Provider == place.Provider)
        && (Runtime is null || Runtime == place.Runtime)
        && (Clocks is null || Clocks == place.Clocks)
        && (Concurrency is null || Concurrency == place.Concurrency);

    /// <summary>True when some place is picked by both.</summary>
    /// <param name="other">Another selection of the same plan.</param>
    internal bool Meets(CellSelection other) =>
        Agree(Model, other.Model)
        && Agree(Device, other.Device)
        && (Precision is null || other.Precision is null || Precision == other.Precision)
        && (Batch is null || other.Batch is null || Batch == other.Batch)
        && Agree(Provider, other.Provider)
        && Agree(Runtime, other.Runtime)
        && (Clocks is null || other.Clocks is null || Clocks == other.Clocks)
        && (Concurrency is null || other.Concurrency is null || Concurrency == other.Concurrency);

    private static bool Agree(string? one, string? other) => one is null || other is null || one == other;
}
