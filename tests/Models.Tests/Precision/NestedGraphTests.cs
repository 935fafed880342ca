using Fleetmark.Models.Onnx;
using Fleetmark.Models.Precision;
using static Fleetmark.Models.Tests.TestGraph;

namespace Fleetmark.Models.Tests.Precision;

public sealed class NestedGraphTests
{
    private static readonly float[] Four = [1, -2, 3, 0.5f];

    /// <summary>Doubles or softens a tensor of the graph around it, by the sign of the sum.</summary>
    private static TestGraph Choosing
    {
        get
        {
            GraphProto then = new() { Name = "then", Node = { NodeOf("Mul", "a two", "t") }, Initializer = { Tensor("two", [1], 2) }, Output = { Port("t", ElementType.Float) } };
            GraphProto otherwise = new() { Name = "else", Node = { NodeOf("Softmax", "a", "e") }, Output = { Port("e", ElementType.Float) } };
            return new TestGraph().Input("x", 4).Floats("zero", [], 0).Node("Relu", "x", "a").Node("ReduceSum", "x", "sum", Attribute("keepdims", 0L)).Node("Greater", "sum zero", "c")
                .Node("If", "c", "i", Attribute("then_branch", then), Attribute("else_branch", otherwise)).Node("Neg", "i", "y").Output("y");
        }
    }

    /// <summary>Adds a tensor from outside three times.</summary>
    private static TestGraph Repeating
    {
        get
        {
            GraphProto body = new()
            {
                Name = "body",
                Input = { Port("n", ElementType.Int64, []), Port("go", ElementType.Boolean, []), Port("carried", ElementType.Float) },
                Node = { NodeOf("Add", "carried a", "next"), NodeOf("Identity", "go", "on"), NodeOf("ReduceMax", "next", "top", Attribute("keepdims", 1L)) },
                Output = { Port("on", ElementType.Boolean, []), Port("next", ElementType.Float), Port("top", ElementType.Float) },
                ValueInfo = { Port("next", ElementType.Float) },
            };
            TestGraph graph = new TestGraph().Input("x", 4).Node("Abs", "x", "a").Node("Loop", "times yes a", "sum tops", Attribute("body", body)).Node("Add", "sum tops", "y").Output("y");
            graph.Graph.Initializer.Add(new TensorProto { Name = "times", DataType = 7, Int64Data = { 3 } });
            graph.Graph.Initializer.Add(new TensorProto { Name = "yes", DataType = 9, Int32Data = { 1 } });
            return graph;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Both_branches_are_converted(int sign)
    {
        ModelProto converted = Choosing.AgreesOn([.. Four.Select(v => v * sign)], [4]);
        NodeProto choice = converted.Graph.Node.Single(n => n.OpType == "If");
        Assert.Equal(["Mul(a two)→t"], Lines(choice.Attribute[0].G));
        Assert.Equal(["Softmax(a.fp32)→e", "Cast(e)→e.fp16"], Lines(choice.Attribute[1].G));
        Assert.Equal(10, Assert.Single(choice.Attribute[0].G.Initializer).DataType);
        Assert.Equal(["t 10", "e.fp16 10"], choice.Attribute.Select(a => $"{a.G.Output[0].Name} {a.G.Output[0].Type.TensorType.ElemType}"));
        Assert.Contains("Cast(a)→a.fp32", Lines(converted.Graph));
    }

    [Fact]
    public void A_kept_node_keeps_everything_inside_it()
    {
        ModelProto converted = Choosing.AgreesOn(Four, [4], "i");
        NodeProto choice = converted.Graph.Node.Single(n => n.OpType == "If");
        Assert.Equal(["Mul(a.fp32 two)→t"], Lines(choice.Attribute[0].G));
        Assert.Equal(["t 1", "e 1"], choice.Attribute.Select(a => $"{a.G.Output[0].Name} {a.G.Output[0].Type.TensorType.ElemType}"));
        Assert.Contains("Neg(i.fp16)→y.fp16", Lines(converted.Graph));
    }

    [Fact]
    public void What_a_loop_carries_and_collects_is_converted()
    {
        ModelProto converted = Repeating.AgreesOn(Four, [4]);
        GraphProto body = converted.Graph.Node.Single(n => n.OpType == "Loop").Attribute[0].G;
        Assert.Equal(["n 7", "go 9", "carried 10"], body.Input.Select(i => $"{i.Name} {i.Type.TensorType.ElemType}"));
        Assert.Equal(["on 9", "next 10", "top 10"], body.Output.Select(o => $"{o.Name} {o.Type.TensorType.ElemType}"));
        Assert.Equal(10, Assert.Single(body.ValueInfo).Type.TensorType.ElemType);
        Assert.Equal(["Add(carried a)→next", "Identity(go)→on", "ReduceMax(next)→top"], Lines(body));
    }

    [Fact]
    public void A_node_inside_can_be_kept_alone()
    {
        GraphProto body = Repeating.AgreesOn(Four, [4], "next").Graph.Node.Single(n => n.OpType == "Loop").Attribute[0].G;
        Assert.Contains("Add(carried.fp32 a.fp32)→next", Lines(body));
        Assert.Equal("next.fp16", body.Output[1].Name);
    }

    [Fact]
    public void A_scan_is_converted()
    {
        GraphProto body = new()
        {
            Name = "body",
            Input = { Port("state", ElementType.Float), Port("slice", ElementType.Float) },
            Node = { NodeOf("Add", "state slice", "sum"), NodeOf("Identity", "sum", "each") },
            Output = { Port("sum", ElementType.Float), Port("each", ElementType.Float) },
        };
        TestGraph graph = new TestGraph().Input("x", 4).Floats("start", [], 0).Node("Scan", "start x", "last all", Attribute("body", body), Attribute("num_scan_inputs", 1L)).Node("Neg", "all", "y").Output("y");
        GraphProto inner = graph.AgreesOn(Four, [4]).Graph.Node.Single(n => n.OpType == "Scan").Attribute[0].G;
        Assert.Equal([10, 10, 10, 10], inner.Input.Concat(inner.Output).Select(p => p.Type.TensorType.ElemType));
    }

    [Fact]
    public void A_branch_that_hands_out_a_tensor_from_around_it_copies_it()
    {
        GraphProto then = new() { Name = "then", Node = { NodeOf("Cast", "a", "t", CastTo(ElementType.Float)) }, Output = { Port("t", ElementType.Float) } };
        GraphProto otherwise = new() { Name = "else", Node = { NodeOf("Neg", "a", "e") }, Output = { Port("e", ElementType.Float) } };
        TestGraph graph = new TestGraph().Input("x", 4).Node("Relu", "x", "a").Node("If", "yes", "i", Attribute("then_branch", then), Attribute("else_branch", otherwise)).Node("Neg", "i", "y").Output("y");
        graph.Graph.Initializer.Add(new TensorProto { Name = "yes", DataType = 9, Int32Data = { 1 } });
        Assert.Equal(["Identity(a)→t.own"], Lines(graph.AgreesOn(Four, [4]).Graph.Node.Single(n => n.OpType == "If").Attribute[0].G));
    }

    [Fact]
    public void Nodes_inside_are_counted_before_their_owner()
    {
        Choosing.Convert(out Conversion report);
        Assert.Equal(["a", "c", "t", "i", "y"], report.HalfNodes);
        Assert.Equal(["sum", "e"], report.KeptNodes);
    }
}
