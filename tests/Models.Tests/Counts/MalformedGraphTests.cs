using CsCheck;
using Fleetmark.Documents;
using Fleetmark.Models.Counts;
using Fleetmark.Models.Onnx;
using Google.Protobuf;
using static Fleetmark.Models.Onnx.AttributeProto.Types;

namespace Fleetmark.Models.Tests.Counts;

/// <summary>Files are untrusted: whatever a node has for inputs, outputs and attributes, it is counted whole or refused by name.</summary>
public sealed class MalformedGraphTests
{
    private static readonly string[] AttributeNames =
    [
        "axis", "axes", "group", "kernel_shape", "strides", "pads", "dilations", "auto_pad", "ceil_mode", "output_shape", "output_padding", "shape", "allowzero", "perm", "split",
        "starts", "ends", "start", "end", "keepdims", "blocksize", "transA", "transB", "to", "value", "value_int", "value_ints", "value_floats",
    ];

    private static readonly TensorProto[] Tensors =
    [
        Tensor("scalar"), Tensor("none", 0), Tensor("four", 4), Tensor("kernel", 4, 4, 3, 3), Tensor("depthwise", 4, 1, 3, 3), Tensor("wide", 4, 4, 0, 3), Tensor("matrix", 8, 5),
        Tensor("huge", 1L << 40), Tensor("square", 1L << 31, 1L << 31), Whole("zero", 0), Whole("minus", -1), Whole("sizes", 1, 4, -1), Whole("empty"), Whole("vast", long.MaxValue),
        Whole("low", long.MinValue), Whole("pair", 2, 2), Whole("all", 0, 1, 2, 3), Whole("margins", 0, 0, 1, 1, 0, 0, 1, 1),
    ];

    private static readonly Gen<long> Number = Gen.OneOf(Gen.Long[-4, 9], Gen.OneOfConst(long.MinValue, long.MaxValue, 1L << 62, 1L << 40));

    private static readonly Gen<AttributeProto> Attribute = Gen.Select(Gen.OneOfConst(AttributeNames), Gen.Int[0, 7], Number, Number.Array[0, 9], Gen.OneOfConst("SAME_UPPER", "VALID", "NOTSET", ""), Gen.OneOfConst(Tensors))
        .Select((name, kind, one, many, text, tensor) => kind switch
        {
            < 3 => new AttributeProto { Name = name, I = one, Type = AttributeType.Int },
            < 6 => new AttributeProto { Name = name, Ints = { many }, Type = AttributeType.Ints },
            6 => new AttributeProto { Name = name, S = ByteString.CopyFromUtf8(text), Type = AttributeType.String },
            _ => new AttributeProto { Name = name, T = tensor, Type = AttributeType.Tensor },
        });

    private static readonly Gen<string> Name = Gen.OneOfConst([.. Tensors.Select(t => t.Name), "x", "x", "x", "a", "b", ""]);

    /// <summary>Half of the nodes start as a convolution would, so that rules get past their first checks.</summary>
    private static readonly Gen<string[]> Inputs = Gen.OneOf(Name.Array[0, 5], Name.Array[0, 3].Select(rest => (string[])["x", "kernel", .. rest]));

    public static TheoryData<string> Operations => [.. GraphCount.Rules.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_rule_knows_what_it_needs(string op)
    {
        Dictionary<string, TensorFact> facts = Tensors.ToDictionary(t => t.Name, t => OnnxConstants.Fact(t, t.Name), StringComparer.Ordinal);
        facts["x"] = new TensorFact([1, 4, 8, 8]);
        facts["a"] = new TensorFact([2, 4, 9]);
        facts["b"] = OnnxConstants.Whole([1, 4, 8, 8], [4]);
        NodeOf(op).Sample(
            node =>
            {
                try
                {
                    GraphCount.Rules[op](new OnnxNode(node, [.. node.Input.Select(name => facts.GetValueOrDefault(name))], "net.onnx", []));
                }
                catch (Exception e) when (e is ProblemException or OverflowException)
                {
                    // Refused with a reason, or too large.
                    return;
                }
            },
            iter: 3000);
    }

    [Fact]
    public void A_graph_is_counted_whole_or_refused_by_the_name_of_a_node() =>
        Gen.OneOfConst([.. GraphCount.Rules.Keys]).SelectMany(NodeOf).Array[1, 5].Sample(
            nodes =>
            {
                var model = new ModelProto { Graph = new GraphProto { Node = { nodes.Select(n => n.Clone()) }, Initializer = { Tensors } } };
                try
                {
                    CountedGraph graph = GraphCount.Of(model, "x", [2, 4, 8, 8], "net.onnx");
                    Assert.Equal(nodes.Length, graph.PerNode.Count);
                    Assert.Equal(graph.PerNode.Sum(n => n.Macs), 2 * graph.Counts.Macs);
                    Assert.All(graph.Counts.Parameters.Values, count => Assert.True(count >= 0));
                    Assert.All(graph.PerNode, work => Assert.True(work is { ConvMacs: >= 0, MatrixMacs: >= 0, PooledElements: >= 0, GlobalAverageElements: >= 0 }));
                    Assert.All(graph.Shapes.Values, shape => Assert.All(shape, size => Assert.True(size >= 0)));
                }
                catch (ProblemException e)
                {
                    Assert.StartsWith("model-", Assert.Single(e.Problems).Code, StringComparison.Ordinal);
                }
            },
            iter: 20_000);

    [Fact]
    public void A_list_that_doubles_forty_times_costs_no_memory() =>
        Assert.Equal([256L << 40], GraphCount.Of(Doubled("Concat", Whole("t0", new long[256])), "x", [1, 4, 8, 8], "net.onnx").Shapes["t40"]);

    [Fact]
    public void Axes_that_double_forty_times_are_refused()
    {
        var e = Assert.Throws<ProblemException>(() => GraphCount.Of(Doubled("Gather", Tensor("t0", 1, 1, 1)), "x", [1, 4, 8, 8], "net.onnx"));
        Assert.Equal("net.onnx: node 't5' (Gather): the result has 65 axes, more than 64", e.Problems[0].ToString());
    }

    /// <summary>Forty nodes, each of which reads the result of the one before twice.</summary>
    private static ModelProto Doubled(string op, TensorProto first)
    {
        var model = new ModelProto { Graph = new GraphProto { Initializer = { first } } };
        for (int i = 0; i < 40; i++)
            model.Graph.Node.Add(new NodeProto { OpType = op, Input = { $"t{i}", $"t{i}" }, Output = { $"t{i + 1}" }, Attribute = { new AttributeProto { Name = "axis", I = 0 } } });
        return model;
    }

    private static Gen<NodeProto> NodeOf(string op) => Gen.Select(Inputs, Gen.OneOfConst("a", "b", "y", "").Array[0, 3], Attribute.Array[0, 5]).Select((inputs, outputs, attributes) => new NodeProto
    {
        OpType = op,
        Input = { inputs },
        Output = { outputs },
        Attribute = { attributes },
    });

    private static TensorProto Tensor(string name, params long[] sizes) => new() { Name = name, DataType = (int)ElementType.Float, Dims = { sizes } };

    private static TensorProto Whole(string name, params long[] values) => new() { Name = name, DataType = (int)ElementType.Int64, Dims = { values.Length }, Int64Data = { values } };
}
