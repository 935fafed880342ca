using System.Text.Encodings.Web;
using System.Text.Json;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Efforts;

namespace Fleetmark.Contracts.Plans;

/// <summary>
/// An expansion with every default spelled out, for people and scripts: what <c>plan expand --json</c> prints. Names and order of the fields are stable; fields are only
/// added.
/// </summary>
public sealed record ExpansionView
{
    private static readonly ExpansionJson Readable = new(new JsonSerializerOptions(ExpansionJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Name of the plan.</summary>
    public required string Plan { get; init; }

    /// <summary>Version of the plan: SHA-256 of its source, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Titles by language.</summary>
    public required IReadOnlyDictionary<string, string> Title { get; init; }

    /// <summary>Effort of the run: <c>quick</c>, <c>standard</c>, <c>publish</c>.</summary>
    public required string Effort { get; init; }

    /// <summary>True when latency cells in FP16 of a provider without FP16 kernels are measured, computed in FP32.</summary>
    public required bool AllowEmulated { get; init; }

    /// <summary>True when energy is measured too.</summary>
    public required bool Energy { get; init; }

    /// <summary>The same of throughput cells; null for a plan without any.</summary>
    public bool? ThroughputAllowEmulated { get; init; }

    /// <summary>Seed of the order of measurements.</summary>
    public required long OrderSeed { get; init; }

    /// <summary>How the seed makes the order, in words.</summary>
    public required string OrderRule { get; init; }

    /// <summary>Sets of published values shown beside ours.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>Table layouts.</summary>
    public required IReadOnlyList<string> Tables { get; init; }

    /// <summary>The models in plan order.</summary>
    public required IReadOnlyList<ExpansionModel> Models { get; init; }

    /// <summary>The models of the A/A sentinels; null when the run has none.</summary>
    public IReadOnlyList<ExpansionModel>? SentinelModels { get; init; }

    /// <summary>The device classes that the plan's words mean, in plan order.</summary>
    public required IReadOnlyList<ExpansionDevice> Devices { get; init; }

    /// <summary>The cells in plan order, after them the A/A sentinels.</summary>
    public required IReadOnlyList<ExpansionCell> Cells { get; init; }

    /// <summary>The jobs in their order of measurement, the withdrawn ones last.</summary>
    public required IReadOnlyList<ExpansionJob> Jobs { get; init; }

    /// <summary>Counts.</summary>
    public required ExpansionTotals Totals { get; init; }

    /// <summary>The view of an expansion.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="planSha256">Its version, <see cref="PlanReading.Sha256"/>.</param>
    /// <param name="artifacts">Its models, as given to <see cref="PlanExpansion.Expand"/>.</param>
    /// <param name="options">What the run adds, as given to <see cref="PlanExpansion.Expand"/>.</param>
    /// <param name="expansion">The expansion.</param>
    public static ExpansionView Of(BenchmarkPlan plan, string planSha256, IReadOnlyList<PlanArtifact> artifacts, ExpansionOptions options, Expansion expansion)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(artifacts);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(expansion);
        Effort effort = options.Effort ?? plan.Effort;
        int sentinels = expansion.Jobs.Count(j => j.Cell.Sentinel is not null);
        var numbers = new Dictionary<Cell, int>(ReferenceEqualityComparer.Instance);
        foreach (Cell cell in expansion.Cells) numbers.Add(cell, numbers.Count);
        return new ExpansionView
        {
            Plan = plan.Name,
            Sha256 = planSha256,
            Title = plan.Title,
            Effort = PlanWords.Of(PlanWords.Efforts, effort),
            AllowEmulated = plan.Latency.AllowEmulated,
            Energy = plan.Latency.Energy,
            ThroughputAllowEmulated = plan.Throughput.IsAbsent ? null : plan.Throughput.AllowEmulated,
            OrderSeed = options.OrderSeed,
            OrderRule = "round by round; inside a round each device class shuffles its cells by splitmix64(orderSeed, round)",
            References = plan.References,
            Tables = plan.Tables,
            Models = [.. plan.Models.Select(m => ExpansionModel.Of(m, artifacts.First(a => a.Name == m.Name)))],
            SentinelModels = sentinels == 0 ? null : [.. options.Sentinels.Select(ExpansionModel.Of)],
            Devices = [.. expansion.DeviceClasses.Select(c => new ExpansionDevice(c.Slug, c.DisplayName, c.Vendor, c.Offered))],
            Cells = [.. expansion.Cells.Select((cell, number) => ExpansionCell.Of(number, cell))],
            Jobs = [.. expansion.Jobs.Select(j => ExpansionJob.Of(numbers[j.Cell], j))],
            Totals = new ExpansionTotals(
                expansion.Cells.Count(c => c.Sentinel is null), expansion.Jobs.Count(j => j.WithdrawnCode is null), expansion.Jobs.Count(j => j.WithdrawnCode is not null), sentinels),
        };
    }

    /// <summary>Indented JSON with names in camelCase and line feeds, ending in one.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Readable.ExpansionView) + "\n";
}
