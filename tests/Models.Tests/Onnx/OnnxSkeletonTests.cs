using Fleetmark.Documents;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Onnx;
using Fleetmark.Models.Zoo;
using Google.Protobuf;
using static Fleetmark.Models.Onnx.AttributeProto.Types;

namespace Fleetmark.Models.Tests.Onnx;

public sealed class OnnxSkeletonTests
{
    public static TheoryData<string> BuiltIn => [.. ModelZoo.BuiltIn.Definitions.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void The_graph_of_every_built_in_model_is_read_whole(string name)
    {
        GraphPlan plan = GraphPlan.Of(ModelZoo.BuiltIn.Find(name, ""));
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Node = { plan.Nodes } } };
        model.Graph.Initializer.AddRange(plan.Tensors.Select(t => new TensorProto { Name = t.Name, DataType = (int)ElementType.Float, Dims = { t.Dimensions } }));
        Assert.Equal(model, Read(model.ToByteArray()));
    }

    [Fact]
    public void A_graph_of_twenty_thousand_nodes_is_read_without_its_documentation()
    {
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto() };
        for (int i = 0; i < 20_000; i++)
        {
            model.Graph.Node.Add(new NodeProto
            {
                Name = $"/backbone/stages.{i}/blocks/attention/projection/Transpose",
                OpType = "Transpose",
                Input = { $"/backbone/stages.{i}/blocks/attention/projection/Add_output_0" },
                Output = { $"/backbone/stages.{i}/blocks/attention/projection/Transpose_output_0" },
                Attribute = { new AttributeProto { Name = "perm", Ints = { 0, 2, 3, 1 }, Type = AttributeType.Ints } },
            });
        }

        const int DocString = 6;
        Assert.Equal(model, Read([.. model.ToByteArray(), .. Field(DocString, new byte[70 << 20])]));
    }

    [Fact]
    public void Types_of_inner_tensors_are_left_out()
    {
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Node = { new NodeProto { OpType = "Relu", Output = { "y" } } } } };
        ModelProto described = model.Clone();
        described.Graph.ValueInfo.Add(TestGraph.Port("y", ElementType.Float, [1, 2]));
        Assert.Equal(model, Read(described.ToByteArray()));
    }

    public static TheoryData<string> Swollen => ["nodes", "attributes", "sizes of an input", "operator sets", "names", "a packed list"];

    [Theory]
    [MemberData(nameof(Swollen))]
    public void A_small_file_that_needs_much_memory_is_refused(string what)
    {
        byte[] model = what switch
        {
            "nodes" => Graph(Empty(GraphProto.NodeFieldNumber)),
            "attributes" => Graph(Field(GraphProto.NodeFieldNumber, Empty(NodeProto.AttributeFieldNumber))),
            "sizes of an input" => Graph(Field(
                GraphProto.InputFieldNumber, Field(ValueInfoProto.TypeFieldNumber, Field(TypeProto.TensorTypeFieldNumber, Field(TypeProto.Types.Tensor.ShapeFieldNumber, Empty(1)))))),
            "operator sets" => Empty(ModelProto.OpsetImportFieldNumber),
            "names" => Graph(Field(GraphProto.NodeFieldNumber, Empty(NodeProto.InputFieldNumber))),
            "a packed list" => Graph(Field(GraphProto.NodeFieldNumber, Field(NodeProto.AttributeFieldNumber, Field(AttributeProto.IntsFieldNumber, new byte[9 << 20])))),
            _ => throw new ArgumentException(what, nameof(what)),
        };
        var e = Assert.Throws<ProblemException>(() => Read([0x08, 0x08, .. model]));
        Assert.Equal("net.onnx: the graph needs more than 67108864 bytes of memory beside tensor data", Assert.Single(e.Problems).ToString());
    }

    private static ModelProto Read(byte[] bytes) => OnnxSkeleton.Read(new MemoryStream(bytes), "net.onnx");

    /// <summary>Three million empty values of a field in six megabytes.</summary>
    private static byte[] Empty(int number) => [.. Enumerable.Repeat(Field(number, []), 3 << 20).SelectMany(field => field)];

    private static byte[] Graph(byte[] body) => Field(ModelProto.GraphFieldNumber, body);

    /// <summary>A length-delimited field.</summary>
    private static byte[] Field(int number, byte[] body)
    {
        using var bytes = new MemoryStream();
        using var output = new CodedOutputStream(bytes);
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(body));
        output.Flush();
        return bytes.ToArray();
    }
}
