using Fleetmark.Models.Onnx;
using Fleetmark.Models.Precision;
using Google.Protobuf;
using static Fleetmark.Models.Tests.TestGraph;

namespace Fleetmark.Models.Tests.Precision;

public sealed class BatchNormFoldingTests
{
    private static readonly float[] Input = [1, -2, 3, 0.5f, 2, 1, -1, 0.25f];

    private static TestGraph Normalised(bool bias = false, params AttributeProto[] attributes) => new TestGraph().Input("x", 1, 2, 2, 2)
        .Floats("w", [2, 2, 1, 1], 0.5f, -1, 2, 0.25f).Floats("b", [2], 0.1f, -0.2f)
        .Floats("scale", [2], 2, 0.5f).Floats("shift", [2], -1, 0.5f).Floats("mean", [2], 0.3f, -0.7f).Floats("var", [2], 1e-9f, 4)
        .Node("Conv", bias ? "x w b" : "x w", "c").Node("BatchNormalization", "c scale shift mean var", "n", [Attribute("epsilon", 1e-3f), .. attributes]).Node("Relu", "n", "y").Output("y");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_normalisation_behind_a_convolution_becomes_part_of_it(bool bias)
    {
        TestGraph graph = Normalised(bias);
        ModelProto converted = graph.Convert(out Conversion report);
        Assert.Equal(1, report.Folded);
        string added = bias ? "b.folded" : "shift.folded";
        Assert.Equal(["Cast(x)→x.fp16", $"Conv(x.fp16 w.folded {added})→n", "Relu(n)→y.fp16", "Cast(y.fp16)→y"], Lines(converted.Graph));
        Assert.Equal(["w.folded 10", $"{added} 10"], converted.Graph.Initializer.Select(t => $"{t.Name} {t.DataType}"));
        graph.AgreesOn(Input, [1, 2, 2, 2]);
        float[] expected = Run(graph.Bytes(), Input, 1, 2, 2, 2), folded = Run(graph.Convert([.. report.HalfNodes]).ToByteArray(), Input, 1, 2, 2, 2);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], folded[i], expected[i] * 1e-5f + 1e-6f);
    }

    [Fact]
    public void Groups_have_their_own_factors()
    {
        TestGraph graph = new TestGraph().Input("x", 1, 2, 2, 2).Floats("w", [2, 1, 1, 1], 0.5f, 3).Floats("scale", [2], 2, 0.5f).Floats("shift", [2], -1, 0.5f).Floats("mean", [2], 0.3f, -0.7f).Floats("var", [2], 1, 4)
            .Node("Conv", "x w", "c", Attribute("group", 2L)).Node("BatchNormalization", "c scale shift mean var", "y").Output("y");
        graph.Convert(out Conversion report);
        Assert.Equal(1, report.Folded);
        graph.AgreesOn(Input, [1, 2, 2, 2]);
    }

    [Fact]
    public void Weights_that_another_convolution_reads_too_stay_as_they_are_for_it()
    {
        TestGraph graph = Normalised().Node("Conv", "x w", "other").Node("Add", "y other", "z");
        graph.Graph.Output[0].Name = "z";
        ModelProto converted = graph.AgreesOn(Input, [1, 2, 2, 2]);
        Assert.Equal(["w", "w.folded", "shift.folded"], converted.Graph.Initializer.Select(t => t.Name));
    }

    [Theory]
    [InlineData("read twice")]
    [InlineData("a result")]
    [InlineData("training")]
    [InlineData("weights that are computed")]
    [InlineData("statistics that are computed")]
    [InlineData("a variance below zero")]
    [InlineData("another size")]
    public void What_cannot_be_folded_is_left_alone(string why)
    {
        TestGraph graph = why == "training" ? Normalised(false, Attribute("training_mode", 1L)) : Normalised();
        switch (why)
        {
            case "read twice":
                graph.Node("Add", "y c", "z").Output("z");
                break;
            case "a result":
                graph.Output("c");
                break;
            case "weights that are computed":
                graph.Node("Neg", "w", "v").Graph.Node[0].Input[1] = "v";
                break;
            case "statistics that are computed":
                graph.Node("Neg", "mean", "v").Graph.Node[1].Input[3] = "v";
                break;
            case "a variance below zero":
                graph.Graph.Initializer.Single(t => t.Name == "var").FloatData[0] = -1;
                break;
            case "another size":
                graph.Graph.Initializer.Single(t => t.Name == "mean").FloatData.Add(1);
                break;
        }

        ModelProto converted = graph.Convert(out Conversion report);
        Assert.Equal(0, report.Folded);
        Assert.Contains(converted.Graph.Node, n => n.OpType == "BatchNormalization");
        Assert.Contains("Conv", string.Join(' ', Lines(converted.Graph)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_normalisation_before_a_convolution_stays_a_node_in_FP16()
    {
        TestGraph graph = new TestGraph().Input("x", 1, 2, 2, 2).Floats("scale", [2], 2, 0.5f).Floats("shift", [2], -1, 0.5f).Floats("mean", [2], 0.3f, -0.7f).Floats("var", [2], 1, 4)
            .Node("BatchNormalization", "x scale shift mean var", "n").Node("Relu", "n", "y").Output("y");
        Assert.Contains("BatchNormalization(x.fp16 scale shift mean var)→n", Lines(graph.AgreesOn(Input, [1, 2, 2, 2]).Graph));
    }
}
