using Fleetmark.Documents;
using Fleetmark.Models.Onnx;
using Fleetmark.Models.Precision;
using Google.Protobuf;
using static Fleetmark.Models.Tests.TestGraph;

namespace Fleetmark.Models.Tests.Precision;

public sealed class Fp16ConverterTests
{
    private static readonly float[] Four = [1, -2, 3, 0.5f];

    private static TestGraph Chain => new TestGraph().Input("x", 1, 4).Node("Mul", "x w", "a").Node("Relu", "a", "y").Output("y").Floats("w", [4], 2, 0.5f, -1, 3);

    [Fact]
    public void Inputs_and_outputs_stay_float32_with_casts_at_the_edges()
    {
        ModelProto converted = Chain.AgreesOn(Four, [1, 4]);
        Assert.Equal(["Cast(x)→x.fp16", "Mul(x.fp16 w)→a", "Relu(a)→y.fp16", "Cast(y.fp16)→y"], Lines(converted.Graph));
        Assert.Equal([1, 1], converted.Graph.Input.Concat(converted.Graph.Output).Select(p => p.Type.TensorType.ElemType));
        Assert.Equal(10, Assert.Single(converted.Graph.Initializer).DataType);
        Assert.Equal("1", Assert.Single(converted.MetadataProps, p => p.Key == "fleetmark.fp16").Value);
    }

    [Fact]
    public void The_report_counts_what_was_done()
    {
        new TestGraph().Input("x", 1, 4).Node("Mul", "x w", "a").Node("Softmax", "a", "b").Node("Relu", "b", "y").Output("y").Floats("w", [4], 2, 1e6f, 1e-9f, 1e-7f)
            .Convert(out Conversion report);
        Assert.Equal((1, 4L, 1L, 1L, 1L, 0, 4), (report.Tensors, report.Values, report.Saturated, report.Flushed, report.Subnormal, report.Folded, report.Casts));
        Assert.Equal(["a", "y"], report.HalfNodes);
        Assert.Equal(["b"], report.KeptNodes);
        Assert.False(report.IsUnchanged);
    }

    [Fact]
    public void Constants_of_every_spelling_become_halves()
    {
        TestGraph graph = new TestGraph().Input("x", 1, 4)
            .Node("Constant", "", "c1", Attribute("value", Tensor("", [4], 1, 2, 3, 4)))
            .Node("Constant", "", "c2", Attribute("value_float", 0.25f))
            .Node("Constant", "", "c3", new AttributeProto { Name = "value_floats", Floats = { 1, 2, 4, 8 }, Type = AttributeProto.Types.AttributeType.Floats })
            .Node("Add", "x c1", "a").Node("Mul", "a c2", "b").Node("Add", "b c3", "y").Output("y");
        NodeProto[] constants = [.. graph.AgreesOn(Four, [1, 4]).Graph.Node.Where(n => n.OpType == "Constant")];
        Assert.Equal(["value", "value", "value"], constants.Select(c => Assert.Single(c.Attribute).Name));
        Assert.Equal([10, 10, 10], constants.Select(c => c.Attribute[0].T.DataType));
        Assert.Equal(0x3400, BitConverter.ToUInt16(constants[1].Attribute[0].T.RawData.Span));
    }

    [Fact]
    public void A_constant_read_in_both_formats_exists_in_both_and_one_nobody_reads_is_gone()
    {
        TestGraph graph = new TestGraph().Input("x", 1, 4).Floats("w", [4], 2, 0.1f, -1, 3).Floats("unread", [1], 1)
            .Node("Constant", "", "c", Attribute("value", Tensor("", [4], 1, 2, 3, 0.1f)))
            .Node("Mul", "x w", "a").Node("Add", "a c", "b").Node("Max", "b w c", "y").Output("y");
        ModelProto converted = graph.AgreesOn(Four, [1, 4]);
        Assert.Equal(["w.fp32 1", "w 10"], converted.Graph.Initializer.Select(t => $"{t.Name} {t.DataType}"));
        Assert.Equal(0.1f, converted.Graph.Initializer[0].FloatData[1]);
        Assert.Equal(["c 10", "c.fp32 1"], converted.Graph.Node.Where(n => n.OpType == "Constant").Select(n => $"{n.Output[0]} {n.Attribute[0].T.DataType}"));
    }

    [Fact]
    public void Types_of_inner_tensors_follow_and_other_types_stay()
    {
        TestGraph graph = Chain.Node("Shape", "a", "s");
        graph.Graph.ValueInfo.AddRange([Port("a", ElementType.Float, [1, 4]), Port("s", ElementType.Int64, [2]), Port("gone", ElementType.Float)]);
        Assert.Equal(["a 10", "s 7"], graph.Convert().Graph.ValueInfo.Select(v => $"{v.Name} {v.Type.TensorType.ElemType}"));
    }

    [Fact]
    public void What_the_schema_does_not_know_survives()
    {
        byte[] documentation = [.. ByteString.CopyFrom([0x32, 4]), .. "note"u8];
        ModelProto model = ModelProto.Parser.ParseFrom([.. Chain.Bytes(), .. documentation]);
        NodeProto node = NodeProto.Parser.ParseFrom([.. model.Graph.Node[0].ToByteArray(), .. documentation]);
        model.Graph.Node[0] = node;
        byte[] converted = Converted(model.ToByteArray()).Bytes;
        Assert.Equal(2, converted.AsSpan().Count(documentation));
    }

    [Theory]
    [InlineData("LRN", "x")]
    [InlineData("LogSoftmax", "x")]
    [InlineData("Softmax", "x")]
    [InlineData("ReduceMean", "x")]
    [InlineData("ReduceSum", "x")]
    [InlineData("Min", "x")]
    [InlineData("Max", "x")]
    public void Operators_that_FP16_would_spoil_stay_in_float32(string op, string input)
    {
        AttributeProto[] attributes = op == "LRN" ? [Attribute("size", 3)] : [];
        TestGraph graph = new TestGraph().Input("x", 1, 4, 1, 1).Node("Relu", input, "a").Node(op, "a", "b", attributes).Node("Neg", "b", "y").Output("y");
        ModelProto converted = graph.AgreesOn(Four, [1, 4, 1, 1]);
        Assert.Equal(["Cast(x)→x.fp16", "Relu(x.fp16)→a", "Cast(a)→a.fp32", $"{op}(a.fp32)→b", "Cast(b)→b.fp16", "Neg(b.fp16)→y.fp16", "Cast(y.fp16)→y"], Lines(converted.Graph));
    }

    [Fact]
    public void Resizing_keeps_its_scales_too()
    {
        TestGraph graph = new TestGraph().Input("x", 1, 1, 2, 2).Node("Relu", "x", "a").Node("Resize", "a - scales", "b").Node("Relu", "b", "y").Output("y").Floats("scales", [4], 1, 1, 2, 2);
        ModelProto converted = graph.AgreesOn(Four, [1, 1, 2, 2]);
        Assert.Contains("Resize(a.fp32  scales)→b", Lines(converted.Graph));
        Assert.Equal(1, Assert.Single(converted.Graph.Initializer).DataType);
    }

    [Fact]
    public void Upsampling_is_kept_too() => Assert.Contains("Upsample(a.fp32 scales)→b", Lines(
        new TestGraph(opset: 9).Input("x", 1, 1, 2, 2).Node("Relu", "x", "a").Node("Upsample", "a scales", "b").Node("Relu", "b", "y").Output("y").Floats("scales", [4], 1, 1, 2, 2)
            .AgreesOn(Four, [1, 1, 2, 2]).Graph));

    [Fact]
    public void Sorting_running_sums_and_ranges_are_kept()
    {
        TestGraph graph = new TestGraph().Input("x", 4).Integers("k", 3).Node("Neg", "x", "a").Node("TopK", "a k", "b i").Integers("axis", 0)
            .Node("CumSum", "b axis", "c").Floats("from", [], 0).Floats("to", [], 3).Floats("step", [], 1).Node("Range", "from to step", "r").Node("Add", "c r", "y").Output("y");
        string[] lines = Lines(graph.AgreesOn(Four, [4]).Graph);
        Assert.Contains("TopK(a.fp32 k)→b i", lines);
        Assert.Contains("CumSum(b axis)→c", lines);
        Assert.Contains("Range(from to step)→r", lines);
        Assert.Contains("Add(c.fp16 r.fp16)→y.fp16", lines);
    }

    [Fact]
    public void Choosing_boxes_and_pooling_regions_are_kept()
    {
        TestGraph boxes = new TestGraph().Input("x", 1, 1, 4).Node("Relu", "x", "b").Floats("s", [1, 1, 1], 0.9f).Integers("most", 1).Node("NonMaxSuppression", "b s most", "i")
            .Node("Cast", "i", "f", CastTo(ElementType.Float)).Node("Relu", "f", "y").Output("y");
        Assert.Contains("NonMaxSuppression(b.fp32 s most)→i", Lines(boxes.AgreesOn([0, 0, 1, 1], [1, 1, 4]).Graph));
        TestGraph regions = new TestGraph(opset: 16).Input("x", 1, 1, 2, 2).Node("Relu", "x", "a").Floats("r", [1, 4], 0, 0, 1, 1).Integers("i", 0)
            .Node("RoiAlign", "a r i", "b").Node("Relu", "b", "y").Output("y");
        Assert.Contains("RoiAlign(a.fp32 r i)→b", Lines(regions.AgreesOn(Four, [1, 1, 2, 2]).Graph));
    }

    [Fact]
    public void Operators_of_classic_learning_are_kept()
    {
        TestGraph graph = new TestGraph().Input("x", 1, 4).Node("Relu", "x", "a").Node("ai.onnx.ml::Normalizer", "a", "b", Attribute("norm", "L1")).Node("Relu", "b", "y").Output("y");
        graph.Model.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = 1 });
        Assert.Contains("Normalizer(a.fp32)→b", Lines(graph.AgreesOn(Four, [1, 4]).Graph));
    }

    [Fact]
    public void Nodes_the_caller_names_are_kept()
    {
        Assert.Equal(["Mul(x w)→a", "Cast(a)→a.fp16", "Relu(a.fp16)→y.fp16", "Cast(y.fp16)→y"], Lines(Chain.AgreesOn(Four, [1, 4], "a").Graph));
        TestGraph named = Chain;
        named.Graph.Node[1].Name = "last";
        ModelProto converted = named.Convert(out Conversion report, "last");
        Assert.Equal(["Cast(x)→x.fp16", "Mul(x.fp16 w)→a", "Cast(a)→a.fp32", "Relu(a.fp32)→y"], Lines(converted.Graph));
        Assert.Equal(["last"], report.KeptNodes);
        Problem problem = Assert.Single(Assert.Throws<ProblemException>(() => Chain.Convert("nobody")).Problems);
        Assert.Equal("test.onnx: there is no node 'nobody' that could stay in FP32", problem.ToString());
    }

    [Fact]
    public void Casts_that_cancel_each_other_go()
    {
        TestGraph graph = new TestGraph().Input("x", 1, 4).Node("Cast", "x", "h", CastTo(ElementType.Float16)).Node("Relu", "h", "a").Node("Cast", "a", "f", CastTo(ElementType.Float))
            .Node("Cast", "f", "ff", CastTo(ElementType.Float)).Node("Neg", "ff", "y").Output("y");
        Assert.Equal(["Cast(x)→x.fp16", "Relu(x.fp16)→a", "Neg(a)→y.fp16", "Cast(y.fp16)→y"], Lines(graph.AgreesOn(Four, [1, 4]).Graph));
    }

    [Fact]
    public void A_cast_that_is_a_result_stays_one()
    {
        TestGraph graph = new TestGraph().Input("x", 1, 4).Node("Relu", "x", "a").Node("Cast", "a", "y", CastTo(ElementType.Float)).Output("y");
        Assert.Equal(["Cast(x)→x.fp16", "Relu(x.fp16)→a", "Cast(a)→y"], Lines(graph.AgreesOn(Four, [1, 4]).Graph));
        TestGraph copy = new TestGraph().Input("x", 1, 4).Node("Softmax", "x", "a").Node("Cast", "a", "y", CastTo(ElementType.Float)).Node("Relu", "y", "z").Output("y");
        Assert.Contains("Identity(a)→y", Lines(copy.AgreesOn(Four, [1, 4]).Graph));
    }

    [Fact]
    public void A_cast_to_float32_gives_the_format_that_is_read()
    {
        TestGraph graph = new TestGraph().Input("x", 1, 4).Floats("zero", [1], 0).Node("Greater", "x zero", "g").Node("Cast", "g", "f", CastTo(ElementType.Float)).Node("Mul", "x f", "y").Output("y");
        Assert.Equal(
            ["Cast(x)→x.fp16", "Greater(x.fp16 zero)→g", "Cast(g)→f", "Mul(x.fp16 f)→y.fp16", "Cast(y.fp16)→y"], Lines(graph.AgreesOn(Four, [1, 4]).Graph));
        Assert.Equal(10, graph.Convert().Graph.Node[2].Attribute[0].I);
    }

    [Fact]
    public void What_is_counted_stays_exact()
    {
        TestGraph graph = new TestGraph().Input("x", 1, 70001).Node("Shape", "x", "s").Node("Cast", "s", "f", CastTo(ElementType.Float)).Floats("one", [1], 1).Node("Add", "f one", "more")
            .Node("Cast", "more", "n", CastTo(ElementType.Int64)).Node("ReduceMax", "x", "m").Node("Cast", "n", "back", CastTo(ElementType.Float)).Node("Sub", "back f", "d").Node("Mul", "m d", "y").Output("y");
        float[] input = new float[70001];
        input[7] = 2;
        string[] lines = Lines(graph.AgreesOn(input, [1, 70001]).Graph);
        Assert.Contains("Add(f one)→more", lines);
        Assert.Contains("Sub(back f)→d", lines);
        Assert.Contains("Mul(m d.fp16)→y.fp16", lines);
    }

    [Theory]
    [InlineData("ConstantOfShape", "shape", true)]
    [InlineData("RandomNormalLike", "x", false)]
    [InlineData("RandomUniformLike", "x", false)]
    [InlineData("RandomNormal", "", false)]
    [InlineData("RandomUniform", "", false)]
    [InlineData("EyeLike", "x", true)]
    public void Operators_that_write_a_type_write_the_new_one(string op, string input, bool isExact)
    {
        AttributeProto[] attributes = input.Length == 0 ? [Attribute("shape", 2, 2), Attribute("dtype", 1L)] : op == "ConstantOfShape" ? [] : [Attribute("dtype", 1L)];
        TestGraph graph = new TestGraph().Input("x", 2, 2).Integers("shape", 2, 2).Node("Relu", "x", "unused").Node(op, input, "c", attributes).Node("Add", "x c", "y").Output("y");
        NodeProto made = graph.Convert().Graph.Node.Single(n => n.OpType == op);
        if (op == "ConstantOfShape") Assert.Equal(10, made.Attribute.Single(a => a.Name == "value").T.DataType);
        else Assert.Equal(10, made.Attribute.Single(a => a.Name == "dtype").I);
        if (isExact) graph.AgreesOn(Four, [2, 2]);
    }

    [Fact]
    public void A_filled_tensor_keeps_its_value_and_a_typed_one_its_type()
    {
        TestGraph graph = new TestGraph().Input("x", 2, 2).Integers("shape", 2, 2).Node("ConstantOfShape", "shape", "c", Attribute("value", Tensor("", [1], 2.5f))).Node("Add", "x c", "y").Output("y");
        graph.AgreesOn(Four, [2, 2]);
        TestGraph integers = new TestGraph().Input("x", 2, 2).Integers("shape", 1).Node("Relu", "x", "y").Output("y")
            .Node("ConstantOfShape", "shape", "i", Attribute("value", new TensorProto { Dims = { 1 }, DataType = 7, Int64Data = { 3 } })).Output("i", ElementType.Int64);
        Assert.Equal(7, integers.Convert().Graph.Node.Single(n => n.OpType == "ConstantOfShape").Attribute[0].T.DataType);
    }

    [Fact]
    public void Nodes_come_in_topological_order_and_a_circle_is_refused()
    {
        TestGraph graph = new TestGraph().Input("x", 1, 4).Node("Relu", "b", "y").Node("Neg", "a", "b").Node("Abs", "x", "a").Output("y");
        Assert.Equal(["Cast(x)→x.fp16", "Abs(x.fp16)→a", "Neg(a)→b", "Relu(b)→y.fp16", "Cast(y.fp16)→y"], Lines(graph.Convert().Graph));
        TestGraph circle = new TestGraph().Input("x", 1, 4).Node("Add", "x b", "a").Node("Neg", "a", "b").Node("Relu", "b", "y").Output("y");
        Assert.Contains("wait for each other: tensor 'a' needs itself", Assert.Throws<ProblemException>(() => circle.Convert()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_nodes_that_read_one_tensor_share_its_cast()
    {
        TestGraph graph = new TestGraph().Input("x", 1, 4).Node("Relu", "x", "a").Node("Softmax", "a", "b").Node("LogSoftmax", "a", "c").Node("Add", "b c", "d").Node("Mul", "b d", "y").Output("y");
        Assert.Equal(
            ["Cast(x)→x.fp16", "Relu(x.fp16)→a", "Cast(a)→a.fp32", "Softmax(a.fp32)→b", "LogSoftmax(a.fp32)→c", "Cast(b)→b.fp16", "Cast(c)→c.fp16", "Add(b.fp16 c.fp16)→d", "Mul(b.fp16 d)→y.fp16", "Cast(y.fp16)→y"],
            Lines(graph.AgreesOn(Four, [1, 4]).Graph));
    }

    [Fact]
    public void New_names_never_collide()
    {
        TestGraph graph = new TestGraph().Input("x", 1, 4).Node("Relu", "x", "x.fp16").Node("Neg", "x.fp16", "y").Output("y");
        Assert.Equal(["Cast(x)→x.fp16.2", "Relu(x.fp16.2)→x.fp16", "Neg(x.fp16)→y.fp16", "Cast(y.fp16)→y"], Lines(graph.AgreesOn(Four, [1, 4]).Graph));
    }

    [Fact]
    public void Constants_that_old_files_list_as_inputs_are_inputs_no_more()
    {
        TestGraph graph = new TestGraph(opset: 8, irVersion: 3).Input("x", 1, 4).Input("w", 4).Floats("w", [4], 1, 2, 3, 4).Node("Mul", "x w", "y").Output("y");
        ModelProto converted = graph.Convert();
        Assert.Equal(["x"], converted.Graph.Input.Select(i => i.Name));
        Assert.Equal(4, converted.IrVersion);
        Assert.Equal([1, -4, 9, 2], Run(converted.ToByteArray(), Four, 1, 4));
        Assert.Equal(8, Chain.Convert().IrVersion);
    }

    [Fact]
    public void A_model_in_FP16_already_stays_as_it_is()
    {
        byte[] once = Converted(Chain.Bytes()).Bytes;
        (byte[] twice, Conversion report) = Converted(once);
        Assert.True(report.IsUnchanged);
        Assert.Equal(once, twice);
        TestGraph integers = new TestGraph().Input("x", 1, 4).Node("Shape", "x", "y").Output("y", ElementType.Int64);
        Assert.True(Converted(integers.Bytes()).Report.IsUnchanged);
    }

    [Fact]
    public void A_graph_that_only_hands_its_input_on_works()
    {
        TestGraph graph = new TestGraph().Input("x", 1, 4).Floats("w", [1], 3).Node("Relu", "x", "a").Node("Mul", "a w", "y").Output("y").Output("w").Output("x");
        ModelProto converted = graph.AgreesOn(Four, [1, 4]);
        Assert.Equal(["w 1", "w.fp16 10"], converted.Graph.Initializer.Select(t => $"{t.Name} {t.DataType}"));
    }

    [Fact]
    public void Data_in_other_files_is_refused()
    {
        TestGraph graph = Chain;
        graph.Graph.Initializer[0].DataLocation = TensorProto.Types.DataLocation.External;
        graph.Graph.Initializer[0].ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "/etc/passwd" });
        Problem problem = Assert.Single(Assert.Throws<ProblemException>(() => graph.Convert()).Problems);
        Assert.Equal("test.onnx: tensor 'w' keeps its data in another file; export the model as one file", problem.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("no model at all, but some text")]
    public void What_is_no_model_is_refused(string text)
    {
        var e = Assert.Throws<ProblemException>(() => Converted(System.Text.Encoding.UTF8.GetBytes(text)));
        Assert.Equal("test.onnx: the file is no ONNX model", Assert.Single(e.Problems).ToString());
    }

    [Theory]
    [InlineData("Cast", "", "a")]
    [InlineData("Relu", "x", "")]
    [InlineData("Relu", "nowhere", "a")]
    [InlineData("Conv", "x w", "again again")]
    public void A_broken_graph_is_refused(string op, string inputs, string outputs) =>
        Assert.StartsWith("model-", Assert.Throws<ProblemException>(() => Chain.Node(op, inputs, outputs).Convert()).Problems[0].Code, StringComparison.Ordinal);

    [Theory]
    [InlineData("Constant", "")]
    [InlineData("ConstantOfShape", "x")]
    public void A_value_without_a_tensor_is_refused_whatever_it_says_it_is(string op, string inputs)
    {
        TestGraph graph = Chain.Node(op, inputs, "constant");
        graph.Graph.Node[^1].Attribute.Add(new AttributeProto { Name = "value" });
        Assert.Contains($"({op}) lacks", Assert.Throws<ProblemException>(() => graph.Convert()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_operation_is_kept_when_the_file_tells_its_type_and_refused_when_it_does_not()
    {
        TestGraph graph = new TestGraph().Input("x", 1, 4).Node("Relu", "x", "a").Node("com.example::Magic", "a", "b").Node("Relu", "b", "y").Output("y");
        var e = Assert.Throws<ProblemException>(() => graph.Convert());
        Assert.Contains("node 'b': the conversion to FP16 does not know the operation com.example::Magic", e.Message, StringComparison.Ordinal);
        graph.Graph.ValueInfo.Add(Port("b", ElementType.Float));
        Assert.Contains("Magic(a.fp32)→b", Lines(graph.Convert().Graph));
    }

    [Fact]
    public void Every_FP16_tensor_can_be_looked_at()
    {
        TestGraph graph = new TestGraph().Input("x", 1, 4).Node("Mul", "x w", "a").Node("Softmax", "a", "b").Node("Relu", "b", "y").Output("y").Floats("w", [4], 2, 1, 1, 1);
        using var source = new MemoryStream(graph.Bytes());
        using var target = new MemoryStream();
        IReadOnlyList<InnerTensor> inner = Fp16Converter.Expose(source, "", [], target, TestContext.Current.CancellationToken);
        Assert.Equal(
            ["tensor 'x.fp16' of node 'x' (Cast)", "tensor 'a' of node 'a' (Mul)", "tensor 'b.fp16' of node 'b' (Cast)", "tensor 'y.fp16' of node 'y' (Relu)"], inner.Select(t => t.ToString()));
        Assert.Equal(["y 1", "x.fp16 10", "a 10", "b.fp16 10", "y.fp16 10"], ModelProto.Parser.ParseFrom(target.ToArray()).Graph.Output.Select(o => $"{o.Name} {o.Type.TensorType.ElemType}"));
        // Computed in FP32 by a CPU, a result is rounded to FP16 only where somebody looks at it.
        Assert.Equal(Run(graph.Bytes(), Four, 1, 4).Select(v => (float)(Half)v), Run(target.ToArray(), Four, 1, 4), (a, b) => Math.Abs(a - b) <= 1e-3f);
    }

    [Fact]
    public void A_cancelled_conversion_stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        using var source = new MemoryStream(Chain.Bytes());
        Assert.ThrowsAny<OperationCanceledException>(() => Fp16Converter.Convert(source, "", [], Stream.Null, stop.Token));
    }
}
