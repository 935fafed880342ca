using Fleetmark.Models.Onnx;

namespace Fleetmark.Models.Imported;

/// <summary>What a graph tells about its training without shapes: how many values it holds, and whether it ends in Softmax.</summary>
internal static class FileParameters
{
    /// <summary>Nodes whose fractional constants are settings, not learnt values.</summary>
    private static readonly HashSet<string> Settings = new(StringComparer.Ordinal) { "Resize", "Upsample", "Clip", "Pad", "Constant", "ConstantOfShape", "Range" };

    /// <summary>Nodes that hand a tensor on without computing with it.</summary>
    private static readonly HashSet<string> Carriers = new(StringComparer.Ordinal)
    {
        "Identity", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Dropout", "DequantizeLinear",
    };

    /// <summary>Elements of all fractional constants of more than one element that reach a computing node, each constant once.</summary>
    internal static long Of(GraphProto graph)
    {
        var constants = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (TensorProto tensor in graph.Initializer) Add(tensor.Name, tensor);
        foreach (NodeProto node in graph.Node.Where(n => n.OpType == "Constant" && n.Output.Count > 0))
            if (node.Attribute.FirstOrDefault(a => a.Name == "value")?.T is { } tensor) Add(node.Output[0], tensor);

        var carried = new Dictionary<string, string>(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node)
        {
            IEnumerable<string> roots = node.Input.Select(i => carried.GetValueOrDefault(i, i)).Where(constants.ContainsKey);
            if (Carriers.Contains(node.OpType) && node.Input.Count > 0 && node.Output.Count > 0) carried[node.Output[0]] = carried.GetValueOrDefault(node.Input[0], node.Input[0]);
            else if (!Settings.Contains(node.OpType)) used.UnionWith(roots);
        }

        return used.Sum(name => constants[name]);

        void Add(string name, TensorProto tensor)
        {
            Int128 elements = tensor.Dims.Aggregate((Int128)1, (product, size) => product > long.MaxValue || size < 0 ? Int128.Zero : product * size);
            if (elements > 1 && elements < 1L << 40 && ElementTypes.IsFloating(tensor.DataType)) constants[name] = (long)elements;
        }
    }

    /// <summary>Whether the tensor <paramref name="output"/> comes from a Softmax, through nodes that change no value.</summary>
    internal static bool EndsInSoftmax(GraphProto graph, string? output)
    {
        var makers = new Dictionary<string, NodeProto>(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node)
            foreach (string made in node.Output) makers[made] = node;
        string? name = output;
        for (int steps = 0; name is not null && steps <= graph.Node.Count; steps++)
        {
            if (!makers.TryGetValue(name, out NodeProto? node)) return false;
            if (node.OpType == "Softmax") return true;
            if (!Carriers.Contains(node.OpType)) return false;
            name = node.Input.FirstOrDefault();
        }

        return false;
    }
}
