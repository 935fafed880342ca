using Fleetmark.Agent.Models;
using Fleetmark.Cli.Models;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Cli.Tests.Models;

public sealed class ModelTextTests
{
    private static readonly ConvertedFile Plain = new()
    {
        Sha256 = new string('a', 64),
        SizeBytes = 7,
        Conversion = new ConversionReport { Converter = 1, Tensors = 3, Values = 12_345, Saturated = 1, Flushed = 2, Subnormal = 3, Folded = 4, Casts = 5, HalfNodes = 6 },
        Check = new PrecisionCheck { Inputs = 64, Top1Agreements = 64, MaxAbsDifference = 0.00123, MinCosine = 0.99999998, Finite = true },
        ComputedIn = "fp16(graph)",
        Keep = [],
        Overflow = null,
    };

    [Fact]
    public void A_conversion_is_told_in_four_lines() => Assert.Equal(
        """
        converted: 3 tensors with 12,345 values; 1 saturated, 2 became zero, 3 subnormal
        graph: 6 nodes in FP16, 0 in FP32, 5 casts, 4 batch normalisations folded
        parity with FP32 on 64 seeded inputs: top-1 agreement 64/64, largest absolute difference 0.00123, smallest cosine 0.9999999
        this CPU computes it as fp16(graph); SHA-256 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        """,
        ModelText.Of(Plain));

    [Fact]
    public void Nodes_in_FP32_are_named_and_those_that_had_to_be_with_the_reason()
    {
        ConvertedFile kept = Plain with { Conversion = Plain.Conversion with { KeptNodes = 2, Kept = ["soft", "up2"] }, Keep = ["up2"], Overflow = "tensor 'up2' of node 'up2' (Mul)" };
        string[] lines = ModelText.Of(kept).Split('\n');
        Assert.Equal("in FP32: soft, up2", lines[2]);
        Assert.Equal("of these not by rule: up2, because tensor 'up2' of node 'up2' (Mul) overflowed", lines[3]);
        Assert.EndsWith("because answers differed", ModelText.Of(kept with { Overflow = null }).Split('\n')[3], StringComparison.Ordinal);
        Assert.EndsWith("soft, up2, …", ModelText.Of(kept with { Conversion = kept.Conversion with { KeptNodes = 200 } }).Split('\n')[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Ties_stand_beside_agreements() => Assert.Contains(
        "top-1 agreement 63/64 and 1 ties in FP16, ", ModelText.Of(Plain with { Check = Plain.Check with { Top1Agreements = 63, Ties = 1 } }), StringComparison.Ordinal);
}
