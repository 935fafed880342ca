using Fleetmark.Measurement.Launches;

namespace Fleetmark.Measurement.Tests.Launches;

public sealed class EffectivePrecisionTests
{
    /// <summary>Nodes that read float32, nodes that read FP16, engines; what was asked; the word.</summary>
    [Theory]
    [InlineData(57, 0, 0, Precision.Fp32, "fp32")]
    [InlineData(0, 57, 0, Precision.Fp32, "fp16(graph)")]
    [InlineData(16, 41, 0, Precision.Fp32, "fp16-mixed(41/57)")]
    [InlineData(0, 0, 1, Precision.Fp32, "fp32")]
    [InlineData(0, 57, 0, Precision.Fp16, "fp16(graph)")]
    [InlineData(16, 41, 0, Precision.Fp16, "fp16-mixed(41/57)")]
    [InlineData(57, 0, 0, Precision.Fp16, "fp32(weights fp16-rounded)")]
    [InlineData(0, 0, 1, Precision.Fp16, "fp16(trt-mixed)")]
    [InlineData(0, 3, 2, Precision.Fp16, "fp16(trt-mixed)")]
    [InlineData(3, 0, 2, Precision.Fp16, "fp16-mixed(2/5)")]
    [InlineData(0, 0, 0, Precision.Fp16, null)]
    [InlineData(0, 0, 0, Precision.Fp32, null)]
    [InlineData(57, 0, 0, Precision.Int8, null)]
    public void The_word_follows_from_the_nodes_that_carry_arithmetic(int single, int half, int engines, Precision requested, string? word)
    {
        var types = new Dictionary<string, int>(StringComparer.Ordinal);
        if (single > 0) types["float"] = single;
        if (half > 0) types["float16"] = half;
        Dictionary<string, int>? providers = engines == 0 ? null : new(StringComparer.Ordinal) { ["TensorrtExecutionProvider"] = engines };
        Assert.Equal(word, EffectivePrecision.Of(new GraphReport { Sha256 = "", Ops = new Dictionary<string, int>(), InputTypes = types, NodesByProvider = providers }, requested));
    }

    [Theory]
    [InlineData("int8(graph)", "uint8", 53)]
    [InlineData("int8(graph)", "uint8", 53, "int8", 1)]
    [InlineData("mixed(float 1, uint8 53)", "uint8", 53, "float", 1)]
    [InlineData("mixed(double 2)", "double", 2)]
    public void A_quantised_graph_is_not_taken_for_FP32(string word, string type, int count, string? other = null, int others = 0)
    {
        var types = new Dictionary<string, int>(StringComparer.Ordinal) { [type] = count };
        if (other is not null) types[other] = others;
        Assert.Equal(word, EffectivePrecision.Of(new GraphReport { Sha256 = "", Ops = new Dictionary<string, int>(), InputTypes = types }, Precision.Fp32));
    }

    [Theory]
    [InlineData("int8(graph)", Precision.Int8)]
    [InlineData("mixed(float 1, uint8 53)", Precision.Fp32)]
    [InlineData("fp32", Precision.Fp32)]
    [InlineData("fp16(graph)", Precision.Fp16)]
    [InlineData("fp16(trt-mixed)", Precision.Fp16)]
    [InlineData("fp16-mixed(41/57)", Precision.Fp32)]
    [InlineData("fp32(weights fp16-rounded)", Precision.Fp32)]
    public void Every_word_counts_as_a_format(string word, Precision arithmetic) => Assert.Equal(arithmetic, EffectiveReport.ArithmeticOf(word));

    [Theory]
    [InlineData(64, 64, 0, true, null, true)]
    [InlineData(64, 63, 0, true, null, false)]
    [InlineData(64, 63, 1, true, null, true)]
    [InlineData(2000, 1998, 0, true, null, true)]
    [InlineData(2000, 1997, 0, true, null, false)]
    [InlineData(64, 64, 0, false, null, false)]
    [InlineData(64, 64, 0, true, "tensor 'a' of node 'b' (Mul)", false)]
    public void A_converted_model_agrees_when_enough_inputs_do_and_nothing_overflowed(int inputs, int agreements, int ties, bool finite, string? overflow, bool agrees) =>
        Assert.Equal(agrees, new PrecisionCheck { Inputs = inputs, Top1Agreements = agreements, Ties = ties, MaxAbsDifference = 0, MinCosine = 1, Finite = finite, FirstOverflow = overflow }.Agrees());
}
