using Fleetmark.Models.Onnx;
using Fleetmark.Models.Precision;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Models.Tests;

/// <summary>A model written node by node, its conversion to FP16, and what ONNX Runtime's CPU provider makes of both.</summary>
internal sealed class TestGraph
{
    internal TestGraph(int opset = 17, int irVersion = 8)
    {
        Model = new ModelProto { IrVersion = irVersion, Graph = new GraphProto { Name = "test" } };
        Model.OpsetImport.Add(new OperatorSetIdProto { Version = opset });
    }

    internal ModelProto Model { get; }

    internal GraphProto Graph => Model.Graph;

    internal TestGraph Input(string name, params long[] shape) => Do(() => Graph.Input.Add(Port(name, ElementType.Float, shape)));

    internal TestGraph Output(string name, ElementType type = ElementType.Float) => Do(() => Graph.Output.Add(Port(name, type)));

    internal TestGraph Node(string op, string inputs, string outputs, params AttributeProto[] attributes) => Do(() => Graph.Node.Add(NodeOf(op, inputs, outputs, attributes)));

    internal TestGraph Floats(string name, long[] shape, params float[] values) => Do(() => Graph.Initializer.Add(Tensor(name, shape, values)));

    internal TestGraph Integers(string name, params long[] values) => Do(() => Graph.Initializer.Add(
        new TensorProto { Name = name, Dims = { values.Length }, DataType = (int)ElementType.Int64, Int64Data = { values } }));

    /// <summary>A file of the model.</summary>
    internal byte[] Bytes() => Model.ToByteArray();

    /// <summary>The converted model.</summary>
    internal ModelProto Convert(params string[] keep) => Convert(out _, keep);

    internal ModelProto Convert(out Conversion report, params string[] keep)
    {
        (byte[] bytes, report) = Converted(Bytes(), keep);
        return ModelProto.Parser.ParseFrom(bytes);
    }

    /// <summary>The bytes a conversion gives, with its report.</summary>
    internal static (byte[] Bytes, Conversion Report) Converted(byte[] model, params string[] keep)
    {
        using var target = new MemoryStream();
        using var source = new MemoryStream(model);
        Conversion report = Fp16Converter.Convert(source, "test.onnx", keep, target, TestContext.Current.CancellationToken);
        return (target.ToArray(), report);
    }

    /// <summary>The first result on an input.</summary>
    internal static float[] Run(byte[] model, float[] input, params long[] shape)
    {
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(model, options);
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, session.InputNames, [value], session.OutputNames);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>Runs source and conversion on the same input; they must agree to the digits FP16 has.</summary>
    internal ModelProto AgreesOn(float[] input, long[] shape, params string[] keep)
    {
        ModelProto converted = Convert(keep);
        float[] expected = Run(Bytes(), input, shape), found = Run(converted.ToByteArray(), input, shape);
        Assert.Equal(expected.Length, found.Length);
        float scale = Math.Max(1, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++) Assert.InRange(found[i], expected[i] - (scale * 4e-3f), expected[i] + (scale * 4e-3f));
        return converted;
    }

    internal static NodeProto NodeOf(string op, string inputs, string outputs, params AttributeProto[] attributes)
    {
        string[] parts = op.Split("::");
        var node = new NodeProto { OpType = parts[^1], Domain = parts.Length > 1 ? parts[0] : "" };
        node.Input.AddRange(inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(i => i == "-" ? "" : i));
        node.Output.AddRange(outputs.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        node.Attribute.AddRange(attributes);
        return node;
    }

    internal static TensorProto Tensor(string name, long[] shape, params float[] values) =>
        new() { Name = name, Dims = { shape }, DataType = (int)ElementType.Float, FloatData = { values } };

    internal static ValueInfoProto Port(string name, ElementType type, long[]? shape = null)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type };
        if (shape is not null) tensor.Shape = new TensorShapeProto { Dim = { shape.Select(s => new TensorShapeProto.Types.Dimension { DimValue = s }) } };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    internal static AttributeProto Attribute(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    internal static AttributeProto Attribute(string name, params long[] values) => new() { Name = name, Ints = { values }, Type = AttributeProto.Types.AttributeType.Ints };

    internal static AttributeProto Attribute(string name, float value) => new() { Name = name, F = value, Type = AttributeProto.Types.AttributeType.Float };

    internal static AttributeProto Attribute(string name, string value) => new() { Name = name, S = ByteString.CopyFromUtf8(value), Type = AttributeProto.Types.AttributeType.String };

    internal static AttributeProto Attribute(string name, TensorProto value) => new() { Name = name, T = value, Type = AttributeProto.Types.AttributeType.Tensor };

    internal static AttributeProto Attribute(string name, GraphProto value) => new() { Name = name, G = value, Type = AttributeProto.Types.AttributeType.Graph };

    internal static AttributeProto CastTo(ElementType type) => Attribute("to", (long)type);

    /// <summary>The operators in order with their inputs and outputs: <c>Relu(x.fp16)→y</c>.</summary>
    internal static string[] Lines(GraphProto graph) => [.. graph.Node.Select(n => $"{n.OpType}({string.Join(' ', n.Input)})→{string.Join(' ', n.Output)}")];

    private TestGraph Do(Action change)
    {
        change();
        return this;
    }
}
