using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Efforts;

namespace Fleetmark.Contracts.Plans;

/// <summary>What a person asks to be measured, as read from YAML; every default is filled in. See <c>docs/plan-format.md</c>.</summary>
public sealed record BenchmarkPlan
{
    /// <summary>Most cells the lists of one plan may make, before exclusions.</summary>
    public const int MaximumCells = 100_000;

    /// <summary>Layout of a plan that names none.</summary>
    public const string DefaultTable = "wide";

    /// <summary>Layout of throughput cells; a plan that measures throughput has it whether it names it or not.</summary>
    public const string ThroughputTable = "throughput";

    /// <summary>Name of the plan: <c>[A-Za-z0-9][A-Za-z0-9._-]{0,63}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Titles by language tag (<c>en</c>, <c>zh-CN</c>); <c>en</c> is always there, the name where the plan has no English title.</summary>
    public required IReadOnlyDictionary<string, string> Title { get; init; }

    /// <summary>The models in the order of the tables' rows; at least one, names unique without regard to case.</summary>
    public required IReadOnlyList<PlanModel> Models { get; init; }

    /// <summary>The latency measurements; absent where the plan measures throughput alone.</summary>
    public required LatencySection Latency { get; init; }

    /// <summary>The throughput measurements; absent in most plans.</summary>
    public LatencySection Throughput { get; init; } = LatencySection.Absent(CellKind.Throughput);

    /// <summary>Time spent on certainty, unless the command line says otherwise.</summary>
    public Effort Effort { get; init; } = Effort.Standard;

    /// <summary>Published values to show beside ours, by the name of their set.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Names of the table layouts; at least one. Where the plan names none: <see cref="DefaultTable"/> for latency; <see cref="ThroughputTable"/> is always there for throughput.</summary>
    public required IReadOnlyList<string> Tables { get; init; }

    /// <summary>The sections that the plan has, in the order of their cells.</summary>
    public IEnumerable<LatencySection> Sections() => new[] { Latency, Throughput }.Where(section => !section.IsAbsent);

    /// <summary>The section of a kind of cells; absent where the plan measures none.</summary>
    public LatencySection SectionOf(CellKind kind) => kind == CellKind.Throughput ? Throughput : Latency;
}
