using System.Buffers.Binary;
using Fleetmark.Models.Onnx;
using Google.Protobuf;

namespace Fleetmark.Models.Precision;

/// <summary>
/// Folds BatchNormalization into the convolution before it: one rounding of the product instead of four of the factors, whose variances may be too small for FP16.
/// Computed in double precision and rounded to float32 once, so that every machine gets the same bytes.
/// </summary>
internal sealed class BatchNormFolding
{
    private readonly GraphProto _graph;
    private readonly ModelNames _names;
    private readonly Dictionary<string, TensorProto> _constants;
    private readonly Dictionary<string, int> _readers = new(StringComparer.Ordinal);

    private BatchNormFolding(GraphProto graph, ModelNames names)
    {
        _graph = graph;
        _names = names;
        _constants = new Dictionary<string, TensorProto>(StringComparer.Ordinal);
        foreach (TensorProto tensor in graph.Initializer) _constants[tensor.Name] = tensor;
        foreach (NodeProto constant in graph.Node.Where(n => n.Is("Constant")))
            if (constant.Find("value")?.T is { } tensor) _constants[constant.Output[0]] = tensor;
        foreach (string read in graph.Node.SelectMany(n => n.Reads()).Concat(graph.Output.Select(o => o.Name)))
            _readers[read] = _readers.GetValueOrDefault(read) + 1;
    }

    /// <summary>Folds what can be folded, in a graph and the graphs inside it.</summary>
    /// <returns>How many nodes went.</returns>
    internal static int Fold(GraphProto graph, ModelNames names)
    {
        var folding = new BatchNormFolding(graph, names);
        Dictionary<string, NodeProto> convolutions = graph.Node.Where(n => n.Is("Conv")).ToDictionary(n => n.Output[0], StringComparer.Ordinal);
        NodeProto[] all = [.. graph.Node];
        NodeProto[] left = [.. all.Where(n => !(n.Is("BatchNormalization") && convolutions.TryGetValue(n.Input[0], out NodeProto? conv) && folding.TryFold(conv, n)))];
        graph.Node.Clear();
        graph.Node.AddRange(left);
        return all.Length - left.Length + left.SelectMany(n => n.Bodies()).Sum(body => Fold(body, names));
    }

    private bool TryFold(NodeProto conv, NodeProto norm)
    {
        bool isInference = norm.Output.Count(o => o.Length > 0) == 1 && norm.Integer("training_mode", 0) == 0 && norm.Integer("spatial", 1) == 1;
        if (!isInference || norm.Input.Count != 5 || _readers[conv.Output[0]] != 1) return false;
        if (Constant(conv, 1) is not { Dims.Count: > 1 } weight || weight.Dims[0] is not (> 0 and < int.MaxValue)) return false;
        int channels = (int)weight.Dims[0];
        bool hasBias = conv.Input.Count > 2 && conv.Input[2].Length > 0;
        float[]? bias = hasBias ? Vector(conv, 2, channels) : new float[channels];
        float[]? scale = Vector(norm, 1, channels), shift = Vector(norm, 2, channels), mean = Vector(norm, 3, channels), variance = Vector(norm, 4, channels);
        float[] weights = Values(weight);
        if (bias is null || scale is null || shift is null || mean is null || variance is null || weights.Length % channels != 0) return false;
        double epsilon = norm.Find("epsilon")?.F ?? 1e-5f;
        if (variance.Any(v => !(v + epsilon > 0))) return false;
        double[] factors = [.. scale.Select((s, channel) => s / Math.Sqrt(variance[channel] + epsilon))];
        int perChannel = weights.Length / channels;
        for (int i = 0; i < weights.Length; i++) weights[i] = (float)(weights[i] * factors[i / perChannel]);
        for (int channel = 0; channel < channels; channel++) bias[channel] = (float)(((bias[channel] - (double)mean[channel]) * factors[channel]) + shift[channel]);
        string biasName = _names.Fresh($"{(hasBias ? conv.Input[2] : norm.Input[2])}.folded");
        conv.Input[1] = Keep(_names.Fresh($"{conv.Input[1]}.folded"), weight.Dims, weights);
        while (conv.Input.Count < 3) conv.Input.Add("");
        conv.Input[2] = Keep(biasName, [channels], bias);
        conv.Output[0] = norm.Output[0];
        return true;
    }

    private string Keep(string name, IEnumerable<long> sizes, float[] values)
    {
        byte[] raw = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * sizeof(float)), values[i]);
        _graph.Initializer.Add(new TensorProto { Name = name, Dims = { sizes }, DataType = (int)ElementType.Float, RawData = UnsafeByteOperations.UnsafeWrap(raw) });
        return name;
    }

    /// <summary>A FLOAT constant of this very graph, or null: one from outside may be folded elsewhere.</summary>
    private TensorProto? Constant(NodeProto node, int input) =>
        input < node.Input.Count && _constants.TryGetValue(node.Input[input], out TensorProto? tensor) && tensor.DataType == (int)ElementType.Float ? tensor : null;

    private float[]? Vector(NodeProto node, int input, int length) =>
        Constant(node, input) is { } tensor && Values(tensor) is { } values && values.Length == length ? values : null;

    private static float[] Values(TensorProto tensor)
    {
        if (tensor.FloatData.Count > 0) return [.. tensor.FloatData];
        ReadOnlySpan<byte> raw = tensor.RawData.Span;
        float[] values = new float[raw.Length / sizeof(float)];
        for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(raw[(i * sizeof(float))..]);
        return values;
    }
}
