using Fleetmark.Models.Graphs;
using Fleetmark.Models.Onnx;

namespace Fleetmark.Models.Emission;

/// <summary>
/// The ONNX nodes and initializers of a definition, weights still to be filled. A tensor is named after the ONNX node that makes it
/// (<c>conv1</c>, <c>conv1.bn</c>, <c>conv1.act</c>), the last one after the model's output.
/// </summary>
internal sealed class GraphPlan
{
    private readonly ModelDefinition _definition;
    private readonly Dictionary<string, string> _results = new(StringComparer.Ordinal);
    private readonly HashSet<string> _feedsOnlyAdditions;

    private GraphPlan(ModelDefinition definition)
    {
        _definition = definition;
        _results[definition.InputName] = definition.InputName;
        _feedsOnlyAdditions = FeedsOnlyAdditions(definition);
        foreach (ModelNode node in definition.Nodes) Add(node);
        Nodes[^1].Output[0] = definition.OutputName;
        _results[definition.Nodes[^1].Id] = definition.OutputName;
    }

    /// <summary>ONNX nodes in topological order.</summary>
    internal List<NodeProto> Nodes { get; } = [];

    /// <summary>Initializers in the order of the nodes that read them.</summary>
    internal List<PlannedTensor> Tensors { get; } = [];

    /// <summary>The tensor that holds each definition node's result, by id.</summary>
    internal IReadOnlyDictionary<string, string> Results => _results;

    internal static GraphPlan Of(ModelDefinition definition) => new(definition);

    private static HashSet<string> FeedsOnlyAdditions(ModelDefinition definition)
    {
        var fed = new HashSet<string>(StringComparer.Ordinal);
        var other = new HashSet<string>(StringComparer.Ordinal) { definition.Nodes[^1].Id };
        foreach (ModelNode node in definition.Nodes)
            (node.Operation == NodeOperation.Add ? fed : other).UnionWith(node.Inputs);
        fed.ExceptWith(other);
        return fed;
    }

    private void Add(ModelNode node)
    {
        string[] inputs = [.. node.Inputs.Select(i => _results[i])];
        string result = node.Operation switch
        {
            NodeOperation.Conv => Conv(node, inputs[0]),
            NodeOperation.MaxPool => Emit("MaxPool", node.Id, inputs, Pool(node)),
            NodeOperation.AveragePool => Emit("AveragePool", node.Id, inputs, [Attribute("count_include_pad", 0), .. Pool(node)]),
            NodeOperation.GlobalAveragePool => Emit("GlobalAveragePool", node.Id, inputs),
            NodeOperation.Flatten => Emit("Flatten", node.Id, inputs, Attribute("axis", 1)),
            NodeOperation.FullyConnected => FullyConnected(node, inputs[0]),
            NodeOperation.Scale => Emit("Mul", node.Id, [inputs[0], Keep(PlannedTensor.Constant($"{node.Id}.value", node.Factor))]),
            NodeOperation.Concat => Emit("Concat", node.Id, inputs, Attribute("axis", 1)),
            NodeOperation.Add => Fold("Add", node.Id, inputs),
            NodeOperation.Multiply => Fold("Mul", node.Id, inputs),
            _ => throw new ArgumentOutOfRangeException(nameof(node), node.Operation, "an operation without an ONNX form"),
        };
        if (node.BatchNorm) result = BatchNorm(node, result);
        _results[node.Id] = Activate(node, result);
    }

    private string Conv(ModelNode node, string input)
    {
        Window window = node.Window!;
        float amplitude = SyntheticWeights.Amplitude(node.FanIn) * (node.BatchNorm ? 1 : Damping(node));
        List<string> inputs =
        [
            input,
            Keep(PlannedTensor.Uniform($"{node.Id}.weight", amplitude, node.Output.Channels, node.InputChannels / node.Groups, window.Kernel.Height, window.Kernel.Width)),
        ];
        if (node.Bias) inputs.Add(Bias(node));
        return Emit("Conv", node.Id, inputs, Attribute("dilations", Both(window.Dilation)), Attribute("group", node.Groups),
            Attribute("kernel_shape", Both(window.Kernel)), Attribute("pads", Sides(window.Padding)), Attribute("strides", Both(window.Stride)));
    }

    private static AttributeProto[] Pool(ModelNode node) =>
    [
        Attribute("ceil_mode", node.Window!.Ceil ? 1 : 0), Attribute("kernel_shape", Both(node.Window.Kernel)),
        Attribute("pads", Sides(node.Window.Padding)), Attribute("strides", Both(node.Window.Stride)),
    ];

    private string FullyConnected(ModelNode node, string input)
    {
        List<string> inputs =
        [
            input, Keep(PlannedTensor.Uniform($"{node.Id}.weight", SyntheticWeights.Amplitude(node.FanIn), node.InputChannels, node.Output.Channels)),
        ];
        if (node.Bias) inputs.Add(Bias(node));
        return Emit("Gemm", node.Id, inputs, Attribute("transA", 0), Attribute("transB", 0));
    }

    private string Bias(ModelNode node) => Keep(PlannedTensor.Uniform($"{node.Id}.bias", SyntheticWeights.BiasAmplitude, node.Output.Channels));

    private float Damping(ModelNode node) => _feedsOnlyAdditions.Contains(node.Id) ? SyntheticWeights.ResidualDamping : 1;

    private string BatchNorm(ModelNode node, string input)
    {
        string name = $"{node.Id}.bn";
        long channels = node.Output.Channels;
        string[] inputs =
        [
            input, Keep(PlannedTensor.Constant($"{name}.scale", Damping(node), channels)), Keep(PlannedTensor.Constant($"{name}.bias", 0, channels)),
            Keep(PlannedTensor.Constant($"{name}.mean", 0, channels)), Keep(PlannedTensor.Constant($"{name}.var", 1, channels)),
        ];
        return Emit("BatchNormalization", name, inputs,
            new AttributeProto { Name = "epsilon", F = _definition.BatchNormEpsilon, Type = AttributeProto.Types.AttributeType.Float });
    }

    private string Activate(ModelNode node, string input)
    {
        string name = $"{node.Id}.act";
        return node.Activation switch
        {
            Activation.None => input,
            Activation.Relu => Emit("Relu", name, [input]),
            Activation.Relu6 => Emit("Clip", name, [input, Keep(PlannedTensor.Constant($"{name}.min", 0)), Keep(PlannedTensor.Constant($"{name}.max", 6))]),
            Activation.HardSwish => Emit("HardSwish", name, [input]),
            Activation.Sigmoid => Emit("Sigmoid", name, [input]),
            Activation.Swish => Emit("Mul", name, [input, Emit("Sigmoid", $"{node.Id}.sigmoid", [input])]),
            _ => throw new ArgumentOutOfRangeException(nameof(node), node.Activation, "an activation without an ONNX form"),
        };
    }

    /// <summary>ONNX adds and multiplies two tensors at a time: the last step carries the node's name.</summary>
    private string Fold(string op, string name, string[] inputs)
    {
        string sum = inputs[0];
        for (int i = 1; i < inputs.Length; i++) sum = Emit(op, i == inputs.Length - 1 ? name : $"{name}.{i}", [sum, inputs[i]]);
        return sum;
    }

    private string Emit(string op, string name, IEnumerable<string> inputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = op, Name = name, Output = { name } };
        node.Input.AddRange(inputs);
        node.Attribute.AddRange(attributes);
        Nodes.Add(node);
        return name;
    }

    private string Keep(PlannedTensor tensor)
    {
        Tensors.Add(tensor);
        return tensor.Name;
    }

    private static AttributeProto Attribute(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    private static AttributeProto Attribute(string name, long[] values) => new() { Name = name, Ints = { values }, Type = AttributeProto.Types.AttributeType.Ints };

    private static long[] Both(Extent extent) => [extent.Height, extent.Width];

    private static long[] Sides(Extent padding) => [padding.Height, padding.Width, padding.Height, padding.Width];
}
