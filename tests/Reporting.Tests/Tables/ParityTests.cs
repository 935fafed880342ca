using System.Text;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Tables;
using Fleetmark.Measurement.Launches;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Tables;

namespace Fleetmark.Reporting.Tests.Tables;

/// <summary>What tables say of converted models.</summary>
public sealed class ParityTests
{
    private const string Class = "cpu-amd-epyc-2c";

    private static readonly Cell Cell = SampleRun.CellOf("AlexNet", Class, Precision.Fp16, 1);

    [Fact]
    public void An_emulated_number_carries_the_mark_computed_in_FP32()
    {
        string page = Page(Run());
        Assert.Contains("- \\[1\\] computed in FP32, with weights rounded to FP16\n", page, StringComparison.Ordinal);
        Assert.Contains("\\[1\\]", page.Split('\n').Single(line => line.Contains("AlexNet", StringComparison.Ordinal) && line.Contains('|', StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("实际以 FP32 计算，权重已舍入为 FP16", Page(Run(), Language.Chinese), StringComparison.Ordinal);
        Assert.DoesNotContain("computed in FP32", Page(Run() with { Cells = [.. Run().Cells.Select(c => c with { PrecisionEffective = "fp16(graph)" }).Where(c => c.Cell.Precision == Precision.Fp16)] }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_provenance_says_how_far_converted_models_are_from_their_sources()
    {
        string page = Page(Run() with { Parity = [Facts("AlexNet") with { Top1Agreements = 63, Ties = 1, MaxAbsDifference = 0.00381 }, Facts("VGG11") with { MinCosine = 0.99999996 }] });
        Assert.Contains(
            "FP16 models against their FP32 sources (2): same top-1 on 127 of 128 seeded inputs, 1 more are ties in FP16, largest difference 0.0038, smallest cosine 0.999999",
            page, StringComparison.Ordinal);
        Assert.DoesNotContain("nodes in FP32", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_with_nodes_in_FP32_is_named_with_the_value_that_overflowed()
    {
        string page = Page(Run() with { Parity = [Facts("AlexNet") with { KeptNodes = 2, Overflow = "tensor 'fc8' of node 'fc8' (Gemm)" }, Facts("VGG11") with { KeptNodes = 1 }] });
        Assert.Contains("AlexNet: 2 nodes in FP32 (tensor 'fc8' of node 'fc8' (Gemm) overflowed) · VGG11: 1 node in FP32", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_measured_converted_model_nothing_is_said()
    {
        Assert.DoesNotContain("FP16 models against", Page(Run()), StringComparison.Ordinal);
        Assert.DoesNotContain("FP16 models against", Page(Run() with { Parity = [Facts("AlexNet") with { DeviceClass = "t4" }] }), StringComparison.Ordinal);
        Assert.DoesNotContain("FP16 models against", Page(Run() with { Parity = [Facts("AlexNet") with { Provider = "cuda" }] }), StringComparison.Ordinal);
        Assert.DoesNotContain("FP16 models against", Page(Run() with { Parity = [Facts("AlexNet") with { Flavour = "ort120-cuda12-trt104" }] }), StringComparison.Ordinal);
    }

    /// <summary>Two models on a CPU, FP32 and emulated FP16.</summary>
    private static RunResults Run() => SampleRun.Of(
        [SampleRun.CpuClass()],
        [.. from model in (string[])["AlexNet", "VGG11"]
            from precision in (Precision[])[Precision.Fp32, Precision.Fp16]
            let cell = SampleRun.Measured(SampleRun.CellOf(model, Class, precision, 1), 1000)
            select precision == Precision.Fp16 ? cell with { PrecisionEffective = EffectivePrecision.Emulated } : cell]) with
    {
        Models = [SampleRun.Artifact("AlexNet"), SampleRun.Artifact("VGG11")],
    };

    private static ParityFacts Facts(string model) => new()
    {
        Model = model,
        DeviceClass = Class,
        Precision = Precision.Fp16,
        Provider = Cell.Provider,
        Flavour = Cell.Flavour,
        Inputs = 64,
        Top1Agreements = 64,
        Ties = 0,
        MaxAbsDifference = 0.001,
        MinCosine = 1,
        KeptNodes = 0,
    };

    private static string Page(RunResults run, Language language = Language.English) => Encoding.UTF8.GetString(
        TableSet.Render(run, new RenderOptions { Layouts = ["wide"], Language = language, ProductVersion = "0.1.0" }).Single(f => f.RelativePath == "tables.md").Bytes.Span);
}
