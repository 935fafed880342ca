using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Contracts.Plans;

/// <summary>
/// The cells of a plan's section <c>latency</c> or <c>throughput</c>: the cross product of its lists, less what <see cref="Exclude"/> takes out, with what
/// <see cref="Include"/> brings back.
/// </summary>
public sealed record LatencySection
{
    /// <summary>Smallest batch size.</summary>
    public const int SmallestBatch = 1;

    /// <summary>Largest batch size.</summary>
    public const int LargestBatch = 65_536;

    /// <summary>Fewest concurrent closed loops.</summary>
    public const int SmallestConcurrency = 1;

    /// <summary>Most concurrent closed loops.</summary>
    public const int LargestConcurrency = LaunchRequest.LargestConcurrency;

    /// <summary>What its cells measure: latency or throughput.</summary>
    public CellKind Kind { get; init; } = CellKind.Latency;

    /// <summary>Device words: a class slug or its leading words (<c>v100</c> means every <c>v100-…</c>); at least one, and none is the leading words of another; empty where the plan lacks the section.</summary>
    public required IReadOnlyList<string> Devices { get; init; }

    /// <summary>Number formats; at least one.</summary>
    public required IReadOnlyList<Precision> Precisions { get; init; }

    /// <summary>Batch sizes, <see cref="SmallestBatch"/> to <see cref="LargestBatch"/>; at least one.</summary>
    public required IReadOnlyList<int> Batches { get; init; }

    /// <summary>What one sample covers.</summary>
    public Scope Scope { get; init; } = Scope.EndToEnd;

    /// <summary>Execution providers; empty = the device's own.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>Runtime flavours; empty = the agent's own.</summary>
    public IReadOnlyList<string> Runtimes { get; init; } = [];

    /// <summary>Provider options that differ from the protocol's own, by name in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Clock policies; at least one.</summary>
    public IReadOnlyList<ClockPolicy> Clocks { get; init; } = [ClockPolicy.Free];

    /// <summary>
    /// True when each launch on a GPU is followed by a loop in which its energy is measured. That moves no latency, so it is no coordinate of a cell, as the effort is none.
    /// </summary>
    public bool Energy { get; init; }

    /// <summary>Numbers of concurrent closed loops, <see cref="SmallestConcurrency"/> to <see cref="LargestConcurrency"/>; at least one for throughput, none for latency.</summary>
    public IReadOnlyList<int> Concurrency { get; init; } = [];

    /// <summary>
    /// True when FP16 cells of a provider without FP16 kernels are measured all the same, computed in FP32 with rounded weights and marked so. Where it was allowed is no
    /// coordinate: what ran tells such a number from a real one.
    /// </summary>
    public bool AllowEmulated { get; init; }

    /// <summary>Cells brought back although <see cref="Exclude"/> takes them out; each brings back at least one.</summary>
    public IReadOnlyList<CellSelection> Include { get; init; } = [];

    /// <summary>Cells taken out of the cross product.</summary>
    public IReadOnlyList<CellSelection> Exclude { get; init; } = [];

    /// <summary>True for the section of a plan that has none of the kind.</summary>
    public bool IsAbsent => Devices.Count == 0;

    /// <summary>What stands for a section that a plan does not have: nothing to measure.</summary>
    public static LatencySection Absent(CellKind kind) => new() { Kind = kind, Devices = [], Precisions = [], Batches = [] };

    /// <summary>True when the plan measures this place.</summary>
    internal bool Keeps(PlanPlace place) => !Exclude.Any(e => e.Picks(place)) || Include.Any(i => i.Picks(place));

    /// <summary>The places of one device word for one model in plan order; a section that lists no providers or runtimes has one place for them.</summary>
    internal IEnumerable<PlanPlace> Places(string model, string device) =>
        from precision in Precisions
        from batch in Batches
        from provider in OrOwn(Providers)
        from runtime in OrOwn(Runtimes)
        from clocks in Clocks
        from concurrency in Kind == CellKind.Throughput ? Concurrency.Select(loops => (int?)loops) : [null]
        let place = new PlanPlace(model, device, precision, batch, provider, runtime, clocks, concurrency)
        where Keeps(place)
        select place;

    private static IReadOnlyList<string?> OrOwn(IReadOnlyList<string> listed) => listed.Count > 0 ? listed : (IReadOnlyList<string?>)[null];
}
