using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Plans;
using Fleetmark.Measurement.Efforts;

namespace Fleetmark.Contracts.Tests.Plans;

public sealed class ExpansionViewTests
{
    private const string Source = """
        name: two
        title: { en: Two models, zh-CN: 两个模型 }
        models:
          - AlexNet
          - { name: my-net, file: models/my-net.onnx, image: { crop: 256, resizeShort: 292 }, input: x }
        latency:
          devices: [t4, cpu]
          precisions: [fp32, fp16]
          options: { session.intra_op.allow_spinning: 0, prefer_nhwc: 1 }
        """;

    [Fact]
    public void Every_default_is_visible()
    {
        BenchmarkPlan plan = PlanReader.Read(Source, "two.yaml").Plan!;
        PlanArtifact[] artifacts =
        [
            new()
            {
                Name = "AlexNet", Sha256 = new string('a', 64), SizeBytes = 244_403_456, Opset = 17, Definition = "model: AlexNet", Weights = "synthetic-v1", Crop = 224, ResizeShort = 256,
                Counts = new Dictionary<string, long>(StringComparer.Ordinal),
            },
            new()
            {
                Name = "my-net", Sha256 = new string('b', 64), SizeBytes = 1024, Opset = 11, Crop = 256, ResizeShort = 292, FixedBatch = 1,
                Counts = new Dictionary<string, long>(StringComparer.Ordinal),
            },
        ];
        var cpu = new DeviceClass
        {
            Slug = "cpu-amd-epyc-2c",
            Vendor = "cpu",
            DisplayName = "AMD EPYC (2 cores)",
            Capabilities = ["runtime:ort131-cpu", "runtime:ort131-cpu/cpu/fp32", "provider:cpu"],
            Offered = true,
        };
        var options = new ExpansionOptions { Effort = Effort.Quick, OrderSeed = 42, OfferedClassesOnly = true };

        Expansion expansion = PlanExpansion.Expand(plan, artifacts, [cpu], options);
        ExpansionView view = ExpansionView.Of(plan, PlanReading.Sha256(Source), artifacts, options, expansion);

        Assert.Equal(new ExpansionTotals(8, 6, 6, 0), view.Totals);
        GoldenFile.Verify(view.ToJson(), "expansion.json");
    }

    [Fact]
    public void Sentinels_are_marked_and_counted_apart()
    {
        PlanReading reading = PlanReader.Read("name: p\nmodels: [AlexNet]\nlatency: { devices: [cpu] }\n", "p.yaml");
        PlanArtifact[] artifacts = [Artifact("AlexNet", 'a')];
        var cpu = new DeviceClass
        {
            Slug = "cpu-x-2c",
            Vendor = "cpu",
            DisplayName = "X",
            Capabilities = ["runtime:ort131-cpu", "runtime:ort131-cpu/cpu/fp32", "provider:cpu"],
            Offered = true,
            Devices = ["cpu-1"],
        };
        var options = new ExpansionOptions { OrderSeed = 42, OfferedClassesOnly = true, Sentinels = [Artifact("SqueezeNet1_1", 'c'), Artifact("VGG11", 'd')] };

        ExpansionView view = ExpansionView.Of(reading.Plan!, "", artifacts, options, PlanExpansion.Expand(reading.Plan!, artifacts, [cpu], options));

        Assert.Equal(new ExpansionTotals(1, 25, 0, 20), view.Totals);
        Assert.Equal([null, "a", "b", "a", "b"], view.Cells.Select(c => c.Sentinel));
        Assert.Equal([null, "cpu-1", "cpu-1", "cpu-1", "cpu-1"], view.Cells.Select(c => c.Device));
        Assert.Equal(["AlexNet"], view.Models.Select(m => m.Name));
        Assert.Equal(["SqueezeNet1_1 built-in", "VGG11 built-in"], view.SentinelModels!.Select(m => $"{m.Name} {m.Source}"));
    }

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
}
