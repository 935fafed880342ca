using Fleetmark.Documents;
using Fleetmark.Models.Counts;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;
using Fleetmark.Models.Onnx;
using Fleetmark.Models.Zoo;
using Google.Protobuf;
using static Fleetmark.Models.Onnx.AttributeProto.Types;

namespace Fleetmark.Models.Tests.Counts;

public sealed class GraphCountTests
{
    public static TheoryData<string> Models => [.. ModelZoo.BuiltIn.Definitions.Select(d => d.Name), "tiny-res"];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_emitted_graph_counts_like_its_definition_and_has_its_shapes(string name)
    {
        ModelDefinition definition = name == "tiny-res" ? TinyRes.Definition : ModelZoo.BuiltIn.Find(name, "");
        GraphPlan plan = GraphPlan.Of(definition);
        var model = new ModelProto { OpsetImport = { new OperatorSetIdProto { Version = 17 } }, Graph = new GraphProto { Node = { plan.Nodes } } };
        model.Graph.Initializer.AddRange(plan.Tensors.Select(t => new TensorProto { Name = t.Name, DataType = (int)ElementType.Float, Dims = { t.Dimensions } }));

        foreach (int batch in (int[])[1, 8])
        {
            CountedGraph graph = GraphCount.Of(model, "x", [batch, .. definition.Input.Dimensions.Select(d => (long)d)], "net.onnx");
            ModelCounts expected = ModelCounts.Of(definition);
            Assert.Equal(expected.Flops, graph.Counts.Flops);
            Assert.Equal(expected.Parameters, graph.Counts.Parameters);
            Assert.Equal(expected.FoldedParameters, graph.Counts.FoldedParameters);
            Assert.Equal(expected.InputSize, graph.Counts.InputSize);
            foreach (ModelNode node in definition.Nodes)
                Assert.Equal([batch, .. node.Output.Dimensions.Select(d => (long)d)], graph.Shapes[plan.Results[node.Id]]);
        }
    }

    [Fact]
    public void An_unknown_operation_gives_no_count_and_is_named()
    {
        var e = Assert.Throws<ProblemException>(() => Count(new NodeProto { Name = "mixer", OpType = "Einsum", Input = { "x" }, Output = { "y" } }));
        Assert.Equal("net.onnx: node 'mixer' (Einsum): the operation is not one that can be counted", e.Problems[0].ToString());
    }

    [Fact]
    public void A_tensor_that_nothing_made_is_named()
    {
        var e = Assert.Throws<ProblemException>(() => Count(Node("Relu", ["ghost"])));
        Assert.Contains("input 'ghost' is made by no earlier node", e.Problems[0].What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Add", "", "", 0L, "there are no inputs")]
    [InlineData("Concat", "", "axis", 0L, "there are no inputs")]
    [InlineData("ConvTranspose", "x w", "output_shape", new long[] { 16 }, "output_shape has 1 sizes for 2 axes")]
    [InlineData("ConvTranspose", "x w", "output_shape", new long[] { 16, 0 }, "output_shape has a size below 1")]
    [InlineData("ConvTranspose", "x w", "output_padding", new long[] { 1 }, "output_padding has 1 sizes for 2 axes")]
    [InlineData("ConvTranspose", "x w", "group", 3L, "4 channels do not divide into 3 groups")]
    [InlineData("MaxPool", "x", "kernel_shape", new long[] { 3, -3 }, "a window, stride or dilation below 1")]
    [InlineData("Transpose", "x", "perm", new long[] { 0, 1, 2, 2 }, "an axis is used twice")]
    [InlineData("Pad", "x", "pads", new long[] { 0, 0, 0, 0, 0, 0, 0, long.MaxValue }, "a shape or a count exceeds 2^63")]
    public void A_node_that_does_not_fit_its_operation_is_named_with_the_reason(string op, string inputs, string attribute, object value, string reason)
    {
        NodeProto node = Node(op, inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries), (attribute, value));
        var e = Assert.Throws<ProblemException>(() => Count([Tensor("w", 4, 6, 2, 2)], node));
        Assert.Equal($"net.onnx: node 'y' ({op}): {reason}", Assert.Single(e.Problems).ToString());
    }

    [Fact]
    public void A_split_into_nothing_is_named_with_the_reason()
    {
        var e = Assert.Throws<ProblemException>(() => Count(new NodeProto { Name = "cut", OpType = "Split", Input = { "x" } }));
        Assert.Equal("net.onnx: node 'cut' (Split): there are no outputs", e.Problems[0].ToString());
    }

    [Fact]
    public void A_grouped_and_padded_convolution_counts_its_own_inputs()
    {
        CountedGraph graph = Count([Tensor("w", 8, 1, 3, 5)], Node("Conv", ["x", "w"], ("group", 4), ("strides", new long[] { 2, 1 }), ("pads", new long[] { 1, 2, 1, 2 })));
        Assert.Equal([1, 8, 4, 8], graph.Shapes["y"]);
        Assert.Equal(8 * 4 * 8 * 15, graph.Counts.Macs);
        Assert.Equal(8 * 15, graph.Counts.TrainableParameters);
    }

    [Fact]
    public void A_transposed_convolution_multiplies_every_input_with_its_kernel()
    {
        CountedGraph graph = Count([Tensor("w", 4, 6, 2, 2), Tensor("b", 6)], Node("ConvTranspose", ["x", "w", "b"], ("strides", new long[] { 2, 2 })));
        Assert.Equal([1, 6, 16, 16], graph.Shapes["y"]);
        Assert.Equal(4 * 8 * 8 * 6 * 4, graph.Counts.Macs);
        Assert.Equal((4 * 6 * 4) + 6, graph.Counts.TrainableParameters);
    }

    [Theory]
    [InlineData("SAME_UPPER", 4)]
    [InlineData("VALID", 3)]
    public void Automatic_padding_is_worked_out(string automatic, long size) =>
        Assert.Equal([1, 4, size, size], Count(Node("MaxPool", ["x"], ("auto_pad", automatic), ("kernel_shape", new long[] { 3, 3 }), ("strides", new long[] { 2, 2 }))).Shapes["y"]);

    [Fact]
    public void A_mean_over_the_grid_is_a_global_pool()
    {
        CountedGraph pool = Count(Node("GlobalAveragePool", ["x"])), mean = Count(Node("ReduceMean", ["x"], ("axes", new long[] { -1, -2 })));
        Assert.Equal(pool.Counts.Flops, mean.Counts.Flops);
        Assert.Equal([1, 4, 1, 1], mean.Shapes["y"]);
    }

    [Fact]
    public void A_bias_that_is_added_afterwards_counts_as_one()
    {
        CountedGraph inside = Count([Tensor("w", 8, 4, 1, 1), Tensor("b", 8)], Node("Conv", ["x", "w", "b"]));
        CountedGraph after = Count(
            [Tensor("w", 8, 4, 1, 1), Tensor("b", 1, 8, 1, 1)], new NodeProto { OpType = "Conv", Input = { "x", "w" }, Output = { "c" } }, Node("Add", ["c", "b"]));
        Assert.Equal(inside.Counts.Flops, after.Counts.Flops);
        Assert.Equal(inside.Counts.Parameters, after.Counts.Parameters);
    }

    [Fact]
    public void Matrix_products_count_rows_times_columns_times_depth()
    {
        CountedGraph graph = Count([Tensor("w", 8, 5)], Node("MatMul", ["x", "w"]));
        Assert.Equal([1, 4, 8, 5], graph.Shapes["y"]);
        Assert.Equal(4 * 8 * 8 * 5, graph.Counts.Macs);
        Assert.Equal(40, graph.Counts.TrainableParameters);
    }

    [Fact]
    public void A_shared_weight_is_one_weight()
    {
        CountedGraph graph = Count(
            [Tensor("w", 4, 4, 1, 1)], new NodeProto { OpType = "Conv", Input = { "x", "w" }, Output = { "c" } }, Node("Conv", ["c", "w"]));
        Assert.Equal(16, graph.Counts.TrainableParameters);
        Assert.Equal(2 * 16 * 64, graph.Counts.Macs);
    }

    [Fact]
    public void Arithmetic_on_shapes_is_followed()
    {
        CountedGraph graph = Count(
            [Whole("zero", 0), Whole("minus", -1), Whole("axes", 0)],
            new NodeProto { OpType = "Shape", Input = { "x" }, Output = { "shape" } },
            new NodeProto { OpType = "Gather", Input = { "shape", "zero" }, Output = { "n" } },
            new NodeProto { OpType = "Concat", Input = { "n", "minus" }, Output = { "target" }, Attribute = { Attribute("axis", 0L) } },
            Node("Reshape", ["x", "target"]));
        Assert.Equal([1, 256], graph.Shapes["y"]);
    }

    [Theory]
    [InlineData("Transpose", "perm", new long[] { 0, 2, 3, 1 }, new long[] { 1, 8, 8, 4 })]
    [InlineData("Flatten", "axis", 2L, new long[] { 4, 64 })]
    [InlineData("Pad", "pads", new long[] { 0, 0, 1, 1, 0, 0, 2, 2 }, new long[] { 1, 4, 11, 11 })]
    [InlineData("Unsqueeze", "axes", new long[] { -1 }, new long[] { 1, 4, 8, 8, 1 })]
    [InlineData("Squeeze", "axes", new long[] { 0 }, new long[] { 4, 8, 8 })]
    [InlineData("SpaceToDepth", "blocksize", 2L, new long[] { 1, 16, 4, 4 })]
    [InlineData("DepthToSpace", "blocksize", 2L, new long[] { 1, 1, 16, 16 })]
    [InlineData("Softmax", "axis", 1L, new long[] { 1, 4, 8, 8 })]
    [InlineData("LRN", "size", 5L, new long[] { 1, 4, 8, 8 })]
    [InlineData("ReduceSum", "axes", new long[] { 1 }, new long[] { 1, 1, 8, 8 })]
    public void Layout_operations_have_shapes_and_no_work(string op, string name, object value, long[] shape)
    {
        CountedGraph graph = Count(Node(op, ["x"], (name, value)));
        Assert.Equal(shape, graph.Shapes["y"]);
        Assert.All(graph.Counts.Flops.Values, count => Assert.Equal(0, count));
    }

    [Fact]
    public void A_batch_that_the_work_does_not_divide_by_is_no_count()
    {
        var model = new ModelProto { Graph = new GraphProto { Node = { Node("ReduceMean", ["x"], ("axes", new long[] { 0 })), new NodeProto { OpType = "Relu", Input = { "y" }, Output = { "z" } } } } };
        Assert.Throws<ProblemException>(() => GraphCount.Of(model, "x", [3, 4, 8, 8], "net.onnx"));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(1L << 58)]
    public void Absurd_shapes_are_a_problem_and_not_a_wrong_number(long size) =>
        Assert.Throws<ProblemException>(() => Count([Tensor("w", size, 4, 1, 1)], new NodeProto { OpType = "Conv", Input = { "x", "w" }, Output = { "c" } }, Node("MatMul", ["c", "c"])));

    private static CountedGraph Count(params NodeProto[] nodes) => Count([], nodes);

    /// <summary>Counts nodes that read <c>x</c> [1, 4, 8, 8] and make <c>y</c>.</summary>
    private static CountedGraph Count(TensorProto[] tensors, params NodeProto[] nodes)
    {
        var model = new ModelProto { Graph = new GraphProto { Node = { nodes }, Initializer = { tensors } } };
        return GraphCount.Of(model, "x", [1, 4, 8, 8], "net.onnx");
    }

    private static NodeProto Node(string op, string[] inputs, params (string Name, object Value)[] attributes) => new()
    {
        OpType = op,
        Input = { inputs },
        Output = { "y" },
        Attribute = { attributes.Select(a => Attribute(a.Name, a.Value)) },
    };

    private static AttributeProto Attribute(string name, object value) => value switch
    {
        long[] many => new AttributeProto { Name = name, Ints = { many }, Type = AttributeType.Ints },
        string text => new AttributeProto { Name = name, S = ByteString.CopyFromUtf8(text), Type = AttributeType.String },
        _ => new AttributeProto { Name = name, I = Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture), Type = AttributeType.Int },
    };

    private static TensorProto Tensor(string name, params long[] sizes) => new() { Name = name, DataType = (int)ElementType.Float, Dims = { sizes } };

    private static TensorProto Whole(string name, long value) => new() { Name = name, DataType = (int)ElementType.Int64, Dims = { 1 }, Int64Data = { value } };
}
