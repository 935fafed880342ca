using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Contracts.Tests.Plans;

public sealed class ThroughputPlanTests
{
    private static readonly ExpansionOptions Local = new() { Effort = Effort.Quick, OrderSeed = 7, OfferedClassesOnly = true };

    [Fact]
    public void The_section_has_the_keys_of_latency_and_its_own_defaults()
    {
        LatencySection section = Good("throughput:\n  devices: [cpu]").Throughput;

        Assert.Equal((CellKind.Throughput, Scope.EndToEnd), (section.Kind, section.Scope));
        Assert.Equal([1], section.Concurrency);
        Assert.Equal([1], section.Batches);
        section = Good("""
            throughput:
              devices: [t4]
              precisions: [fp16]
              batches: [4, 8]
              scope: device
              providers: [cuda]
              runtimes: [ort122-cuda12]
              options: { enable_cuda_graph: 0 }
              allowEmulated: true
              concurrency: [1, 256]
              exclude: [{ batch: 8, concurrency: 256 }]
            """).Throughput;
        Assert.Equal([1, 256], section.Concurrency);
        Assert.True(section.AllowEmulated);
        Assert.Equal([(4, 1), (4, 256), (8, 1)], section.Places("AlexNet", "t4").Select(p => (p.Batch, p.Concurrency!.Value)));
    }

    [Fact]
    public void A_plan_has_one_of_the_sections_or_both()
    {
        Assert.True(Good("latency: { devices: [cpu] }").Throughput.IsAbsent);
        BenchmarkPlan alone = Good("throughput: { devices: [cpu] }");
        Assert.True(alone.Latency.IsAbsent);
        Assert.Equal([CellKind.Throughput], alone.Sections().Select(s => s.Kind));
        Assert.Equal([CellKind.Latency, CellKind.Throughput], Good("latency: { devices: [cpu] }\nthroughput: { devices: [cpu] }").Sections().Select(s => s.Kind));
        Assert.Equal(["plan.yaml:1:1: 'latency' is missing"], Lines("effort: quick"));
    }

    /// <summary>No throughput cell is a silent blank: its layout is always there.</summary>
    [Theory]
    [InlineData("latency: { devices: [cpu] }", "wide")]
    [InlineData("throughput: { devices: [cpu] }", "throughput")]
    [InlineData("latency: { devices: [cpu] }\nthroughput: { devices: [cpu] }", "wide throughput")]
    [InlineData("throughput: { devices: [cpu] }\ntables: [throughput-long]", "throughput-long throughput")]
    [InlineData("throughput: { devices: [cpu] }\ntables: [throughput, wide]", "throughput wide")]
    public void The_layout_of_throughput_is_part_of_every_plan_that_measures_it(string lines, string tables) => Assert.Equal(tables.Split(' '), Good(lines).Tables);

    [Theory]
    [InlineData("concurrency: [0]", "plan.yaml:5:17: concurrency: expected a whole number from 1 to 256, found '0'")]
    [InlineData("concurrency: [257]", "plan.yaml:5:17: concurrency: expected a whole number from 1 to 256, found '257'")]
    [InlineData("concurrency: [1.5]", "plan.yaml:5:17: concurrency: expected a whole number from 1 to 256, found '1.5'")]
    [InlineData("concurrency: [2, 02]", "plan.yaml:5:20: concurrency: '2' is given twice, first at plan.yaml:5:17; keep one")]
    [InlineData("concurrency: []", "plan.yaml:5:16: 'concurrency' is an empty list; write at least one value")]
    [InlineData("concurency: [2]", "plan.yaml:5:3: unknown key 'concurency'; did you mean 'concurrency'?")]
    [InlineData("exclude: [{ concurrency: 2 }]", "plan.yaml:5:28: exclude: concurrency '2' is not in the plan, so this selects nothing; known: 1")]
    [InlineData("exclude: [{}]", "plan.yaml:5:13: exclude: a selection without coordinates means every cell; name at least one of model, device, precision, batch, provider, runtime, clocks, concurrency")]
    [InlineData("batches: [1]\n  exclude: [{ batch: 1 }]", "plan.yaml:6:12: exclude: nothing is left to measure; exclude less")]
    public void A_mistake_is_told_with_its_place(string line, string problem) => Assert.Contains(problem, Lines($"throughput:\n  devices: [cpu]\n  {line}"));

    [Fact]
    public void Latency_knows_no_concurrency()
    {
        Assert.Contains(Lines("latency:\n  devices: [cpu]\n  concurrency: [2]"), line => line.StartsWith("plan.yaml:5:3: unknown key 'concurrency'", StringComparison.Ordinal));
        Assert.Contains(Lines("latency:\n  devices: [cpu]\n  exclude: [{ concurrency: 2 }]"), line => line.StartsWith("plan.yaml:5:15: unknown key 'concurrency'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_graph_cannot_be_replayed_by_two_loops()
    {
        const string Section = "throughput:\n  devices: [t4]\n  scope: device\n  options: { enable_cuda_graph: 1 }\n  concurrency: ";

        Assert.Equal(
            ["plan.yaml:7:20: concurrency: 4 loops cannot replay one graph at once, and options.enable_cuda_graph makes one; leave the option out, or write `concurrency: [1]`"], Lines(Section + "[1, 4]"));
        Good(Section + "[1]");
        Good(Section.Replace("graph: 1", "graph: 0", StringComparison.Ordinal) + "[4]");
    }

    [Fact]
    public void The_limit_of_cells_counts_every_concurrency()
    {
        string batches = string.Join(", ", Enumerable.Range(1, 500)), loops = string.Join(", ", Enumerable.Range(1, 201));

        Assert.Contains(
            "plan.yaml:4:3: throughput: the lists make 100500 cells; at most 100000 are measured by one plan", Lines($"throughput:\n  devices: [cpu]\n  batches: [{batches}]\n  concurrency: [{loops}]"));
    }

    [Fact]
    public void Cells_of_throughput_come_after_those_of_latency_and_their_jobs_are_shuffled_together()
    {
        BenchmarkPlan plan = Good("latency: { devices: [cpu], batches: [1, 4] }\nthroughput: { devices: [cpu-x], batches: [4], concurrency: [2, 1] }");

        Expansion expansion = Expand(plan, Cpu("kind:ort131-cpu/cpu/throughput"));

        Assert.Equal(["cpu-x"], expansion.DeviceClasses.Select(c => c.Slug));
        Assert.Equal(
            [(CellKind.Latency, 1, null), (CellKind.Latency, 4, null), (CellKind.Throughput, 4, 2), (CellKind.Throughput, 4, 1)],
            expansion.Cells.Select(c => (c.Kind, c.Batch, c.Concurrency)));
        Assert.Equal(4, expansion.Cells.Select(c => Convert.ToHexStringLower(c.CoordinateSha256())).Distinct().Count());
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2], expansion.Jobs.Select(j => (int)j.Repetition));
        Assert.All(expansion.Jobs, j => Assert.Equal(
            j.Cell.Kind == CellKind.Throughput ? ["runtime:ort131-cpu/cpu/fp32", "kind:ort131-cpu/cpu/throughput"] : (string[])["runtime:ort131-cpu/cpu/fp32"], j.Requires));
    }

    [Fact]
    public void A_runtime_without_the_kind_is_unsupported_before_anything_is_measured()
    {
        BenchmarkPlan plan = Good("latency: { devices: [cpu] }\nthroughput: { devices: [cpu], precisions: [fp32, fp16] }");

        Expansion expansion = Expand(plan, Cpu());

        Assert.Equal(
            [(CellKind.Throughput, Precision.Fp32, "unsupported:no-throughput"), (CellKind.Throughput, Precision.Fp16, "unsupported:no-fp16-kernels")],
            expansion.Jobs.Where(j => j.WithdrawnCode is not null).Select(j => (j.Cell.Kind, j.Cell.Precision, j.WithdrawnCode)));
        Assert.Equal("the runtime does no throughput launches", FailureCode.Sentence("unsupported:no-throughput"));
    }

    [Fact]
    public void The_expanded_plan_shows_the_concurrency_of_throughput_cells_alone()
    {
        BenchmarkPlan plan = Good("latency: { devices: [cpu] }\nthroughput: { devices: [cpu], allowEmulated: true }");

        var view = ExpansionView.Of(plan, new string('0', 64), [Artifact()], Local, Expand(plan, Cpu("kind:ort131-cpu/cpu/throughput")));

        Assert.Equal([("latency", null), ("throughput", 1)], view.Cells.Select(c => (c.Kind, c.Concurrency)));
        Assert.Equal((false, true), (view.AllowEmulated, view.ThroughputAllowEmulated));
        Assert.Null(ExpansionView.Of(Good("latency: { devices: [cpu] }"), "", [Artifact()], Local, Expand(Good("latency: { devices: [cpu] }"), Cpu())).ThroughputAllowEmulated);
    }

    private static Expansion Expand(BenchmarkPlan plan, DeviceClass device) => PlanExpansion.Expand(plan, [Artifact()], [device], Local);

    private static DeviceClass Cpu(params string[] more) => new()
    {
        Slug = "cpu-x",
        Vendor = "cpu",
        DisplayName = "X",
        Capabilities = ["runtime:ort131-cpu", "provider:cpu", "runtime:ort131-cpu/cpu/fp32", .. more],
        Offered = true,
    };

    private static PlanArtifact Artifact() => new()
    {
        Name = "AlexNet",
        Sha256 = new string('a', 64),
        SizeBytes = 1,
        Opset = 17,
        Crop = 224,
        ResizeShort = 256,
        Counts = new Dictionary<string, long>(StringComparer.Ordinal),
    };

    private static BenchmarkPlan Good(string lines)
    {
        PlanReading reading = PlanReader.Read("name: p\nmodels: [AlexNet]\n" + lines, "plan.yaml");
        Assert.Empty(reading.Problems);
        return reading.Plan!;
    }

    private static string[] Lines(string lines)
    {
        PlanReading reading = PlanReader.Read("name: p\nmodels: [AlexNet]\n" + lines, "plan.yaml");
        Assert.Null(reading.Plan);
        return [.. reading.Problems.Select(p => p.ToString())];
    }
}
