using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Measurement.Efforts;

namespace Fleetmark.Contracts.Tests.Plans;

public sealed class SentinelCellsTests
{
    private static readonly DeviceClass Cpu = Class("cpu-amd-epyc-2c", "cpu", ["cpu-1"], "runtime:ort131-cpu", "runtime:ort131-cpu/cpu/fp32", "provider:cpu");
    private static readonly DeviceClass T4 = Class("t4", "nvidia", ["GPU-1", "GPU-2"], "runtime:ort122-cuda12", "runtime:ort122-cuda12/cuda/fp32", "provider:cuda");
    private static readonly ExpansionOptions Options = new() { OrderSeed = 7, Sentinels = [Artifact("SqueezeNet1_1", '1'), Artifact("VGG11", '2'), Artifact("VGG16", '3')] };

    [Fact]
    public void Each_device_is_watched_by_two_networks_measured_twice()
    {
        string[] sentinels = [.. Sentinels(Expand("[t4, cpu]", Options, Cpu, T4)).Select(c => $"{c.Model} {c.Batch} {c.DeviceClass} {c.Sentinel!.Device} {c.Sentinel.Label} {c.Provider} {c.Flavour}")];

        string[] gpu = [.. ((string[])["GPU-1", "GPU-2"]).SelectMany(d => (string[])[$"SqueezeNet1_1 1 t4 {d} a", $"SqueezeNet1_1 1 t4 {d} b", $"VGG16 8 t4 {d} a", $"VGG16 8 t4 {d} b"])];
        string[] cpu = ["SqueezeNet1_1 1 cpu-amd-epyc-2c cpu-1 a", "SqueezeNet1_1 1 cpu-amd-epyc-2c cpu-1 b", "VGG11 1 cpu-amd-epyc-2c cpu-1 a", "VGG11 1 cpu-amd-epyc-2c cpu-1 b"];
        Assert.Equal([.. gpu.Select(c => $"{c} cuda ort122-cuda12"), .. cpu.Select(c => $"{c} cpu ort131-cpu")], sentinels);
    }

    [Theory]
    [InlineData(Effort.Standard, 5)]
    [InlineData(Effort.Publish, 10)]
    public void They_are_launched_as_often_as_any_cell_and_in_the_same_shuffled_rounds(Effort effort, int launches)
    {
        IReadOnlyList<PlannedJob> jobs = Expand("[cpu]", Options with { Effort = effort }, Cpu).Jobs;

        Assert.Equal(5 * launches, jobs.Count);
        Assert.All(jobs.GroupBy(j => j.Repetition), round => Assert.Equal(4, round.Count(j => j.Cell.Sentinel is not null)));
        Assert.NotEqual(jobs.Take(5).Select(j => j.Cell), jobs.Skip(5).Take(5).Select(j => j.Cell));
        Assert.Contains(jobs.GroupBy(j => j.Repetition), round => round.First().Cell.Sentinel is not null);
    }

    [Fact]
    public void Quick_has_none() => Assert.Empty(Sentinels(Expand("[cpu]", Options with { Effort = Effort.Quick }, Cpu)));

    [Fact]
    public void A_class_nobody_offers_has_none()
    {
        Assert.Empty(Sentinels(Expand("[cpu]", Options, Cpu with { Offered = false, Devices = [] })));
        Assert.Empty(Sentinels(Expand("[cpu]", Options)));
    }

    [Fact]
    public void A_class_that_measures_nothing_has_none() =>
        Assert.Empty(Sentinels(PlanExpansion.Expand(Plan("[cpu], precisions: [fp16]"), [Artifact("AlexNet", 'a')], [Cpu], Options)));

    [Fact]
    public void A_class_without_a_runtime_of_its_own_has_none() =>
        Assert.Empty(Sentinels(PlanExpansion.Expand(Plan("[t4], providers: [tensorrt]"), [Artifact("AlexNet", 'a')], [T4 with { Capabilities = ["runtime:ort122-cuda12", "runtime:ort122-cuda12/tensorrt/fp32", "provider:tensorrt"] }], Options)));

    [Fact]
    public void A_network_whose_artifact_is_missing_is_left_out() =>
        Assert.Equal(["VGG11", "VGG11"], Sentinels(Expand("[cpu]", Options with { Sentinels = [Artifact("VGG11", '2')] }, Cpu)).Select(c => c.Model));

    [Fact]
    public void A_network_of_the_plan_with_the_same_name_is_another_cell_with_its_own_file()
    {
        BenchmarkPlan plan = PlanReader.Read("name: p\nmodels: [{ name: VGG11, file: own.onnx, image: { crop: 224, resizeShort: 256 } }]\nlatency: { devices: [cpu] }\n", "p.yaml").Plan!;

        Expansion expansion = PlanExpansion.Expand(plan, [Artifact("VGG11", 'e')], [Cpu], Options);

        Assert.Equal(new string('e', 64), expansion.Cells[0].ArtifactSha256);
        Assert.Equal(new string('2', 64), Sentinels(expansion).Last().ArtifactSha256);
    }

    [Fact]
    public void The_models_to_prepare_are_those_of_the_devices_that_are_there()
    {
        Assert.Equal(["SqueezeNet1_1", "VGG11"], Models("[cpu]", Options, Cpu, T4));
        Assert.Equal(["SqueezeNet1_1", "VGG16", "VGG11"], Models("[t4, cpu]", Options, Cpu, T4));
        Assert.Empty(Models("[t4]", Options, T4 with { Offered = false, Devices = [] }));
        Assert.Empty(Models("[cpu]", Options with { Effort = Effort.Quick }, Cpu));
    }

    private static IReadOnlyList<string> Models(string devices, ExpansionOptions options, params DeviceClass[] classes) =>
        PlanExpansion.SentinelModels(Plan(devices), [Artifact("AlexNet", 'a')], classes, options with { Sentinels = [] });

    private static IEnumerable<Cell> Sentinels(Expansion expansion) => expansion.Cells.Where(c => c.Sentinel is not null);

    private static Expansion Expand(string devices, ExpansionOptions options, params DeviceClass[] classes) =>
        PlanExpansion.Expand(Plan(devices), [Artifact("AlexNet", 'a')], classes, options);

    private static BenchmarkPlan Plan(string devices) => PlanReader.Read($"name: p\nmodels: [AlexNet]\nlatency: {{ devices: {devices} }}\n", "p.yaml").Plan!;

    private static PlanArtifact Artifact(string name, char digit) => new()
    {
        Name = name,
        Sha256 = new string(digit, 64),
        SizeBytes = 1,
        Opset = 17,
        Crop = 224,
        ResizeShort = 256,
        Counts = new Dictionary<string, long>(StringComparer.Ordinal),
    };

    private static DeviceClass Class(string slug, string vendor, string[] devices, params string[] capabilities) =>
        new() { Slug = slug, Vendor = vendor, DisplayName = slug, Capabilities = capabilities, Offered = true, Devices = devices };
}
