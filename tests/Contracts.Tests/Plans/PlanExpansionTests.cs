using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Contracts.Tests.Plans;

public sealed class PlanExpansionTests
{
    private static readonly DeviceClass Cpu = Class("cpu-amd-epyc-2c", "cpu", "ort131-cpu/cpu/fp32");
    private static readonly DeviceClass T4 = Class("t4", "nvidia", "ort122-cuda12/cuda/fp32", "ort122-cuda12/tensorrt/fp32");
    private static readonly DeviceClass V100Sxm2 = Class("v100-sxm2-16gb", "nvidia", "ort122-cuda12/cuda/fp32", "ort122-cuda12/cuda/fp16");
    private static readonly DeviceClass V100Pcie = Class("v100-pcie-16gb", "nvidia", "ort122-cuda12/cuda/fp32", "ort122-cuda12/cuda/fp16");
    private static readonly ExpansionOptions Local = new() { OrderSeed = 7, OfferedClassesOnly = true };
    private static readonly ExpansionOptions Fleet = new() { OrderSeed = 7 };

    [Fact]
    public void Cells_come_in_plan_order_with_every_coordinate_filled_in()
    {
        BenchmarkPlan plan = Plan("[v100, cpu]", "precisions: [fp32, fp16]", "batches: [1, 4]", "exclude: [{ device: cpu, precision: fp16 }, { batch: 4, precision: fp16 }]");

        Expansion expansion = Expand(plan, Local, Cpu, V100Sxm2, V100Pcie);

        Assert.Equal(["v100-pcie-16gb", "v100-sxm2-16gb", "cpu-amd-epyc-2c"], expansion.DeviceClasses.Select(c => c.Slug));
        string[] perModel =
        [
            "v100-pcie-16gb Fp32 1 cuda ort122-cuda12", "v100-pcie-16gb Fp32 4 cuda ort122-cuda12", "v100-pcie-16gb Fp16 1 cuda ort122-cuda12",
            "v100-sxm2-16gb Fp32 1 cuda ort122-cuda12", "v100-sxm2-16gb Fp32 4 cuda ort122-cuda12", "v100-sxm2-16gb Fp16 1 cuda ort122-cuda12",
            "cpu-amd-epyc-2c Fp32 1 cpu ort131-cpu", "cpu-amd-epyc-2c Fp32 4 cpu ort131-cpu",
        ];
        Assert.Equal(
            [.. perModel.Select(c => $"AlexNet {c}"), .. perModel.Select(c => $"VGG11 {c}")],
            expansion.Cells.Select(c => $"{c.Model} {c.DeviceClass} {c.Precision} {c.Batch} {c.Provider} {c.Flavour}"));
        Cell first = expansion.Cells[0];
        Assert.Equal((CellKind.Latency, Sha('a'), 224, 256, Scope.EndToEnd), (first.Kind, first.ArtifactSha256, first.Crop, first.ResizeShort, first.Scope));
        Assert.Empty(first.Options);
    }

    [Fact]
    public void Providers_runtimes_options_and_image_of_the_plan_replace_the_defaults()
    {
        BenchmarkPlan plan = Read("""
            name: p
            models: [{ name: AlexNet, image: { crop: 256, resizeShort: 292 } }]
            latency:
              devices: [t4]
              providers: [tensorrt, cuda]
              runtimes: [ort122-cuda12]
              scope: device
              options: { trt_max_workspace_size: 1073741824, cudnn_conv_algo_search: DEFAULT, session.intra_op.allow_spinning: 1 }
            """);

        Expansion expansion = Expand(plan, Fleet, T4);

        Assert.Equal(["tensorrt", "cuda"], expansion.Cells.Select(c => c.Provider));
        Assert.All(expansion.Cells, c => Assert.Equal((256, 292, Scope.Device), (c.Crop, c.ResizeShort, c.Scope)));
        Assert.Equal(
            ["session.intra_op.allow_spinning=1 trt_max_workspace_size=1073741824", "cudnn_conv_algo_search=DEFAULT session.intra_op.allow_spinning=1"],
            expansion.Cells.Select(c => string.Join(' ', c.Options.Select(o => $"{o.Key}={o.Value}"))));
        Assert.Equal(["runtime:ort122-cuda12/tensorrt/fp32"], expansion.Jobs.First(j => j.Cell.Provider == "tensorrt").Requires);
        Assert.All(expansion.Jobs, j => Assert.Null(j.WithdrawnCode));
    }

    [Theory]
    [InlineData(Effort.Quick, 3)]
    [InlineData(Effort.Standard, 5)]
    [InlineData(Effort.Publish, 10)]
    public void Every_cell_has_the_launches_of_the_effort(Effort effort, int launches)
    {
        Expansion expansion = Expand(Plan("[cpu, t4]", "batches: [1, 2, 4]"), Fleet with { Effort = effort }, Cpu, T4);

        Assert.Equal(12, expansion.Cells.Count);
        Assert.Equal(12 * launches, expansion.Jobs.Count);
        foreach (IGrouping<Cell, PlannedJob> jobs in expansion.Jobs.GroupBy(j => j.Cell))
            Assert.Equal(Enumerable.Range(0, launches), jobs.Select(j => (int)j.Repetition));
    }

    [Fact]
    public void The_effort_of_the_plan_counts_where_the_run_names_none() =>
        Assert.Equal(3 * 2, Expand(Plan("[cpu]") with { Effort = Effort.Quick }, Fleet, Cpu).Jobs.Count);

    [Fact]
    public void A_round_of_all_classes_is_over_before_the_next_begins_and_order_keys_count_up()
    {
        IReadOnlyList<PlannedJob> jobs = Expand(Plan("[cpu, t4]", "batches: [1, 2, 4, 8]"), Fleet, Cpu, T4).Jobs;

        Assert.Equal(Enumerable.Range(0, jobs.Count), jobs.Select(j => j.OrderKey));
        Assert.Equal(jobs.Select(j => j.Repetition).Order(), jobs.Select(j => j.Repetition));
    }

    [Fact]
    public void Rounds_are_shuffled_and_differ_by_round_and_by_seed()
    {
        BenchmarkPlan plan = Plan("[cpu]", "batches: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]");
        List<Cell>[] Rounds(long seed) => [.. Expand(plan, Fleet with { OrderSeed = seed }, Cpu).Jobs.GroupBy(j => j.Repetition).Select(g => g.Select(j => j.Cell).ToList())];

        List<Cell>[] one = Rounds(1), again = Rounds(1), other = Rounds(2);

        Assert.Equal(one, again);
        Assert.NotEqual(one[0], one[1]);
        Assert.NotEqual(one[0], other[0]);
        Assert.NotEqual(Expand(plan, Fleet, Cpu).Cells, one[0]);
    }

    [Fact]
    public void The_order_of_one_class_does_not_depend_on_the_others()
    {
        Expansion alone = Expand(Plan("[cpu]", "batches: [1, 2, 4, 8]"), Fleet, Cpu), beside = Expand(Plan("[t4, cpu]", "batches: [1, 2, 4, 8]"), Fleet, Cpu, T4);

        Assert.Equal(alone.Jobs.Select(j => (j.Cell, j.Repetition)), beside.Jobs.Where(j => j.Cell.DeviceClass == Cpu.Slug).Select(j => (j.Cell, j.Repetition)));
    }

    [Fact]
    public void What_can_never_be_measured_is_one_withdrawn_job_with_its_reason()
    {
        BenchmarkPlan plan = Plan("[cpu]", "precisions: [fp32, fp16, int8]", "batches: [1, 4]");

        Expansion expansion = PlanExpansion.Expand(plan, [Artifact("AlexNet", 'a'), Artifact("VGG11", 'b') with { FixedBatch = 4 }], [Cpu], Local);

        Assert.Equal(
            [
                "AlexNet Fp16 1 unsupported:no-fp16-kernels", "AlexNet Fp16 4 unsupported:no-fp16-kernels",
                "AlexNet Int8 1 unsupported:no-int8-model", "AlexNet Int8 4 unsupported:no-int8-model",
                "VGG11 Fp32 1 unsupported:fixed-batch",
                "VGG11 Fp16 1 unsupported:no-fp16-kernels", "VGG11 Fp16 4 unsupported:no-fp16-kernels",
                "VGG11 Int8 1 unsupported:no-int8-model", "VGG11 Int8 4 unsupported:no-int8-model",
            ],
            Withdrawn(expansion));
        Assert.All(expansion.Jobs.Where(j => j.WithdrawnCode is not null), j => Assert.Equal(0, j.Repetition));
        Assert.Equal(3 * 5, expansion.Jobs.Count(j => j.WithdrawnCode is null));
        Assert.Equal(expansion.Cells.Count, expansion.Jobs.Select(j => j.Cell).Distinct().Count());
    }

    [Fact]
    public void FP16_on_a_cpu_is_measured_where_the_plan_allows_emulation_and_is_the_same_cell()
    {
        Expansion allowed = Expand(Plan("[cpu]", "precisions: [fp16, int8]", "allowEmulated: true"), Fleet, Cpu), refused = Expand(Plan("[cpu]", "precisions: [fp16, int8]"), Fleet, Cpu);

        Assert.Equal(["AlexNet Int8 1 unsupported:no-int8-model", "VGG11 Int8 1 unsupported:no-int8-model"], Withdrawn(allowed));
        PlannedJob[] emulated = [.. allowed.Jobs.Where(j => j.Cell is { Model: "AlexNet", Precision: Precision.Fp16 })];
        Assert.Equal(5, emulated.Length);
        Assert.All(emulated, j => Assert.Equal(["runtime:ort131-cpu/cpu/fp32"], j.Requires));
        Assert.Equal(refused.Cells, allowed.Cells);
    }

    [Fact]
    public void Each_clock_policy_makes_a_cell_of_a_gpu_and_a_cpu_knows_the_default_only()
    {
        Expansion expansion = Expand(Plan("[t4, cpu]", "clocks: [free, base, 1590]"), Fleet, T4, Cpu);

        Assert.Equal(
            ["t4 free", "t4 base", "t4 1590", "cpu-amd-epyc-2c free", "cpu-amd-epyc-2c base", "cpu-amd-epyc-2c 1590"],
            expansion.Cells.Where(c => c.Model == "AlexNet").Select(c => $"{c.DeviceClass} {c.Clocks}"));
        Assert.Equal(6, expansion.Cells.Where(c => c.Model == "AlexNet").Distinct().Count());
        PlannedJob[] withdrawn = [.. expansion.Jobs.Where(j => j.WithdrawnCode is not null)];
        Assert.Equal(4, withdrawn.Length);
        Assert.All(withdrawn, j => Assert.Equal(("cpu-amd-epyc-2c", false, "unsupported:clocks-of-cpu"), (j.Cell.DeviceClass, j.Cell.Clocks.IsFree, j.WithdrawnCode)));
        Assert.Equal("clocks are set on GPUs only", FailureCode.Sentence(withdrawn[0].WithdrawnCode!));
    }

    [Fact]
    public void A_cell_with_free_clocks_is_the_one_it_always_was_and_sentinels_are_free() =>
        Assert.Equal(Expand(Plan("[t4]"), Fleet, T4).Cells, Expand(Plan("[t4]", "clocks: [free]", "energy: true"), Fleet, T4).Cells);

    [Fact]
    public void Clocks_can_be_selected()
    {
        Expansion expansion = Expand(Plan("[t4, cpu]", "clocks: [free, base]", "exclude: [{ device: cpu, clocks: base }]"), Fleet, T4, Cpu);

        Assert.Equal(["t4 free", "t4 base", "cpu-amd-epyc-2c free"], expansion.Cells.Where(c => c.Model == "AlexNet").Select(c => $"{c.DeviceClass} {c.Clocks}"));
        Assert.All(expansion.Jobs, j => Assert.Null(j.WithdrawnCode));
    }

    [Fact]
    public void A_provider_or_a_runtime_that_an_offered_class_lacks_is_unsupported()
    {
        Expansion expansion = Expand(Plan("[v100]", "providers: [cuda, tensorrt]", "runtimes: [ort122-cuda12, openvino-2026]"), Fleet, V100Sxm2);

        Assert.Equal(
            ["unsupported:no-such-runtime", "unsupported:no-such-provider", "unsupported:no-such-runtime"],
            expansion.Jobs.Where(j => j.Cell.Model == "AlexNet" && j.WithdrawnCode is not null).Select(j => j.WithdrawnCode));
    }

    /// <summary>Every word of the cell is offered by some runtime, and no runtime offers all of them.</summary>
    [Theory]
    [InlineData("runtimes: [ort131-cpu]", "providers: [cuda]", "fp32", "unsupported:no-such-provider")]
    [InlineData("runtimes: [ort122-cuda12]", "providers: [cpu]", "fp32", "unsupported:no-such-provider")]
    [InlineData("runtimes: [ort131-cuda13]", "providers: [cuda]", "fp16", "unsupported:no-fp16-kernels")]
    [InlineData("runtimes: [ort122-cuda12]", "providers: [cuda]", "fp16", null)]
    [InlineData("runtimes: [ort131-cuda13]", "providers: [cuda]", "fp32", null)]
    public void A_provider_of_one_runtime_is_none_of_another(string runtimes, string providers, string precision, string? code)
    {
        DeviceClass mixed = Class("t4", "nvidia", "ort131-cpu/cpu/fp32", "ort122-cuda12/cuda/fp32", "ort122-cuda12/cuda/fp16", "ort131-cuda13/cuda/fp32");

        Expansion expansion = Expand(Plan("[t4]", runtimes, providers, $"precisions: [{precision}]"), Fleet, mixed);

        Assert.All(expansion.Jobs, j => Assert.Equal(code, j.WithdrawnCode));
    }

    [Theory]
    [InlineData("unsupported-arch", "ort131-cuda13 has no kernels for compute capability 7.0 (sm_70)", "unsupported:unsupported-arch:sm_70")]
    [InlineData("unsupported-arch", "it does not say for which", "unsupported:unsupported-arch")]
    [InlineData("missing-library", "libcudnn.so.9 cannot be found", "unsupported:missing-library:libcudnn.so.9")]
    [InlineData("driver-too-old", "the driver 470.82.01 is too old for ort131-cuda13", "unsupported:driver-too-old:470.82.01")]
    [InlineData("error", "worker-crash: signal 11", "unsupported:runtime-error")]
    [InlineData("a-word-of-tomorrow", "", "unsupported:runtime-error")]
    public void What_was_tried_and_does_not_work_is_unsupported_with_the_reason(string state, string reason, string code)
    {
        DeviceClass tried = V100Sxm2 with { Findings = [new() { Flavour = "ort131-cuda13", Provider = "cuda", State = state, Reason = reason }] };

        Expansion expansion = Expand(Plan("[v100]", "runtimes: [ort122-cuda12, ort131-cuda13]"), Fleet, tried);

        Assert.All(expansion.Jobs.Where(j => j.Cell.Flavour == "ort131-cuda13"), j => Assert.Equal(code, j.WithdrawnCode));
        Assert.All(expansion.Jobs.Where(j => j.Cell.Flavour == "ort122-cuda12"), j => Assert.Null(j.WithdrawnCode));
        Assert.InRange(code.Length, 1, FailureCode.MaximumLength);
    }

    [Fact]
    public void A_runtime_that_did_not_answer_lacks_all_its_providers()
    {
        DeviceClass tried = V100Sxm2 with { Findings = [new() { Flavour = "ort131-cuda13", Provider = "", State = "error", Reason = "worker-timeout" }] };

        Expansion expansion = Expand(Plan("[v100]", "runtimes: [ort131-cuda13]", "providers: [cuda, tensorrt]"), Fleet, tried);

        Assert.All(expansion.Jobs, j => Assert.Equal(FailureCode.UnsupportedError, j.WithdrawnCode));
    }

    [Fact]
    public void A_device_that_can_counts_more_than_its_neighbour_that_cannot()
    {
        DeviceClass tried = V100Sxm2 with { Findings = [new() { Flavour = "ort122-cuda12", Provider = "cuda", State = "error", Reason = "this card is broken" }] };

        Assert.All(Expand(Plan("[v100]"), Fleet, tried).Jobs, j => Assert.Null(j.WithdrawnCode));
    }

    [Fact]
    public void Cells_of_a_provider_run_on_the_flavour_that_was_built_for_it()
    {
        Expansion expansion = Expand(Plan("[v100, cpu]", "providers: [cpu, cuda, tensorrt]"), Fleet);

        Assert.Equal(["cpu ort131-cpu", "cuda ort122-cuda12", "tensorrt ort120-cuda12-trt104"], expansion.Cells.Select(c => $"{c.Provider} {c.Flavour}").Distinct());
    }

    [Fact]
    public void Options_reach_the_cells_whose_provider_knows_them_and_all_those_of_a_foreign_runtime()
    {
        BenchmarkPlan plan = Plan("[cpu, t4]", "scope: device", "options: { enable_cuda_graph: 1 }"), foreign = Plan("[cpu]", "runtimes: [openvino-2026]", "options: { NUM_STREAMS: 2 }");

        Assert.Equal(["cpu ", "cuda enable_cuda_graph"], Expand(plan, Fleet, Cpu, T4).Cells.Select(c => $"{c.Provider} {string.Join(' ', c.Options.Select(o => o.Key))}").Distinct());
        Assert.All(Expand(foreign, Fleet).Cells, c => Assert.Equal([new("NUM_STREAMS", "2")], c.Options));
    }

    [Fact]
    public void Of_a_class_that_nobody_offers_nobody_knows_what_it_lacks()
    {
        Expansion expansion = Expand(Plan("[v100]", "providers: [tensorrt]"), Fleet, V100Sxm2 with { Offered = false });

        Assert.All(expansion.Jobs, j => Assert.Null(j.WithdrawnCode));
    }

    [Fact]
    public void A_word_that_means_nothing_known_is_a_class_whose_jobs_wait_in_a_fleet_and_are_withdrawn_in_a_local_run()
    {
        BenchmarkPlan plan = Plan("[t4, cpu]", "precisions: [fp32, fp16]");

        Expansion waiting = Expand(plan, Fleet), withdrawn = Expand(plan, Local);

        Assert.Equal([("t4", "unknown", "t4", false), ("cpu", "unknown", "cpu", false)], waiting.DeviceClasses.Select(c => (c.Slug, c.Vendor, c.DisplayName, c.Offered)));
        Assert.Equal(["t4 cuda ort122-cuda12", "cpu cpu ort131-cpu"], waiting.Cells.Select(c => $"{c.DeviceClass} {c.Provider} {c.Flavour}").Distinct());
        Assert.Equal(["unsupported:no-fp16-kernels"], waiting.Jobs.Select(j => j.WithdrawnCode).OfType<string>().Distinct());
        Assert.Equal(
            ["AlexNet Fp32 1 no-device-class", "AlexNet Fp16 1 no-device-class", "AlexNet Fp32 1 no-device-class", "AlexNet Fp16 1 unsupported:no-fp16-kernels"],
            Withdrawn(withdrawn).Take(4));
        Assert.Equal(withdrawn.Cells.Count, withdrawn.Jobs.Count);
    }

    [Fact]
    public void A_local_run_measures_the_offered_classes_of_a_word_and_a_fleet_all_of_them()
    {
        DeviceClass before = Class("cpu-intel-xeon-8c", "cpu") with { Offered = false };

        Assert.Equal([Cpu.Slug], Expand(Plan("[cpu]"), Local, before, Cpu).DeviceClasses.Select(c => c.Slug));
        Assert.Equal([Cpu.Slug, before.Slug], Expand(Plan("[cpu]"), Fleet, before, Cpu).DeviceClasses.Select(c => c.Slug));
        Assert.Equal([before.Slug], Expand(Plan("[cpu]"), Local, before).DeviceClasses.Select(c => c.Slug));
    }

    [Fact]
    public void A_class_that_only_a_plan_has_named_gives_way_to_hardware()
    {
        DeviceClass named = new() { Slug = "v100", Vendor = "unknown", DisplayName = "v100" }, longer = named with { Slug = "v100-x" };

        Assert.Equal([V100Sxm2.Slug], Expand(Plan("[v100]"), Fleet, named, longer, V100Sxm2).DeviceClasses.Select(c => c.Slug));
        Assert.Equal(["v100"], Expand(Plan("[v100]"), Fleet, longer, named).DeviceClasses.Select(c => c.Slug));
    }

    [Fact]
    public void A_further_runtime_of_a_class_does_not_change_the_default()
    {
        DeviceClass both = Class("t4", "nvidia", "aaa/cuda/fp32", "ort122-cuda12/cuda/fp32"), foreign = Class("t4", "nvidia", "zzz/cuda/fp32", "bbb/cuda/fp32", "aaa/cpu/fp32");

        Assert.Equal("ort122-cuda12", Expand(Plan("[t4]"), Fleet, both).Cells[0].Flavour);
        Assert.Equal("bbb", Expand(Plan("[t4]"), Fleet, foreign).Cells[0].Flavour);
    }

    [Fact]
    public void A_model_without_an_artifact_is_a_defect_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => PlanExpansion.Expand(Plan("[cpu]"), [Artifact("AlexNet", 'a')], [Cpu], Fleet));

    private static IEnumerable<string> Withdrawn(Expansion expansion) => expansion.Jobs
        .Where(j => j.WithdrawnCode is not null)
        .Select(j => $"{j.Cell.Model} {j.Cell.Precision} {j.Cell.Batch} {j.WithdrawnCode}");

    private static Expansion Expand(BenchmarkPlan plan, ExpansionOptions options, params DeviceClass[] classes) =>
        PlanExpansion.Expand(plan, [Artifact("AlexNet", 'a'), Artifact("VGG11", 'b')], classes, options);

    private static BenchmarkPlan Plan(string devices, params string[] lines) =>
        Read(string.Join('\n', ["name: p", "models: [AlexNet, VGG11]", "latency:", $"  devices: {devices}", .. lines.Select(l => $"  {l}")]));

    private static BenchmarkPlan Read(string yaml)
    {
        PlanReading reading = PlanReader.Read(yaml, "plan.yaml");
        Assert.Empty(reading.Problems);
        return reading.Plan!;
    }

    private static PlanArtifact Artifact(string name, char digit) => new()
    {
        Name = name,
        Sha256 = Sha(digit),
        SizeBytes = 1,
        Opset = 17,
        Crop = 224,
        ResizeShort = 256,
        Counts = new Dictionary<string, long>(),
    };

    private static string Sha(char digit) => new(digit, 64);

    /// <summary>A connected class on which these runtimes work with these providers and precisions.</summary>
    private static DeviceClass Class(string slug, string vendor, params string[] works) => new()
    {
        Slug = slug,
        Vendor = vendor,
        DisplayName = slug,
        Capabilities =
        [
            .. works.Select(w => w.Split('/')).SelectMany(w => (string[])[$"runtime:{w[0]}", $"provider:{w[1]}", $"precision:{w[2]}", $"runtime:{string.Join('/', w)}"]).Distinct(),
        ],
        Offered = true,
    };
}
