using Fleetmark.Documents;
using Fleetmark.Models.Graphs;
using Fleetmark.Models.Onnx;

namespace Fleetmark.Models.Counts;

/// <summary>
/// Counts an ONNX graph by inferring every shape for one input. What is not understood stops the count with the node and operation named;
/// a number is never partial.
/// </summary>
internal sealed class GraphCount
{
    private const string TooLarge = "a shape or a count exceeds 2^63";

    /// <summary>How each operation is counted, by its name.</summary>
    internal static readonly Dictionary<string, Func<OnnxNode, OnnxResult>> Rules =
        new(WindowRules.Rules.Concat(MatrixRules.Rules).Concat(ElementwiseRules.Rules).Concat(LayoutRules.Rules), StringComparer.Ordinal);

    private readonly Dictionary<string, TensorFact> _facts = new(StringComparer.Ordinal);
    private readonly List<NodeWork> _perNode = [];
    private readonly HashSet<string> _counted = new(StringComparer.Ordinal);
    private readonly string _where;

    private GraphCount(string where) => _where = where;

    /// <summary>Counts the main graph.</summary>
    /// <param name="model">The file, large tensor data left out.</param>
    /// <param name="inputName">The input that is fed.</param>
    /// <param name="inputDimensions">Its shape <c>[N, C, H, W]</c>; N as the file fixes it, else 1.</param>
    /// <param name="where">The file's name in messages.</param>
    /// <exception cref="ProblemException">A node cannot be counted; the problem names it.</exception>
    internal static CountedGraph Of(ModelProto model, string inputName, long[] inputDimensions, string where)
    {
        var count = new GraphCount(where);
        try
        {
            NodeWork work = count.Walk(model.Graph, inputName, inputDimensions).PerSample(inputDimensions[0])
                ?? throw new ProblemException(new Problem("model-graph", where, $"the work of a batch of {inputDimensions[0]} does not divide by it"));
            var size = new Extent((int)inputDimensions[2], (int)inputDimensions[3]);
            return new CountedGraph(
                ModelCounts.Of(work, size), count._facts.ToDictionary(f => f.Key, f => f.Value.Dimensions, StringComparer.Ordinal), count._perNode);
        }
        catch (OverflowException)
        {
            throw new ProblemException(new Problem("model-graph", where, TooLarge));
        }
    }

    private NodeWork Walk(GraphProto graph, string inputName, long[] inputDimensions)
    {
        foreach (TensorProto tensor in graph.Initializer)
        {
            if (Impossible(tensor.Dims) is { } wrong) throw new ProblemException(new Problem("model-graph", _where, $"initializer '{tensor.Name}' has {wrong}"));
            _facts[tensor.Name] = OnnxConstants.Fact(tensor, tensor.Name);
        }

        _facts[inputName] = new TensorFact(inputDimensions) { ElementType = (int)ElementType.Float };
        NodeWork sum = default;
        foreach (NodeProto proto in graph.Node)
        {
            NodeWork work = Visit(proto);
            _perNode.Add(work);
            sum += work;
        }

        return sum;
    }

    private NodeWork Visit(NodeProto proto)
    {
        TensorFact?[] inputs = [.. proto.Input.Select(name => name.Length == 0 ? null : _facts.GetValueOrDefault(name))];
        var node = new OnnxNode(proto, inputs, _where, _counted);
        for (int i = 0; i < inputs.Length; i++)
            if (inputs[i] is null && proto.Input[i].Length > 0) throw node.Wrong($"input '{proto.Input[i]}' is made by no earlier node");
        if (proto.Domain is not ("" or "ai.onnx") || !Rules.TryGetValue(proto.OpType, out Func<OnnxNode, OnnxResult>? rule))
            throw node.Wrong("the operation is not one that can be counted", "model-uncounted");
        OnnxResult result = Apply(rule, node);
        for (int i = 0; i < Math.Min(proto.Output.Count, result.Outputs.Count); i++)
            if (proto.Output[i].Length > 0) _facts[proto.Output[i]] = result.Outputs[i];
        return result.Work;
    }

    /// <summary>Rules check what they read. Should one miss something, the file is still what is wrong, and its reader learns which node.</summary>
    private static OnnxResult Apply(Func<OnnxNode, OnnxResult> rule, OnnxNode node)
    {
        try
        {
            OnnxResult result = rule(node);
            foreach (TensorFact output in result.Outputs)
                if (Impossible(output.Dimensions) is { } wrong) throw node.Wrong($"the result has {wrong}");
            return result;
        }
        catch (OverflowException)
        {
            throw node.Wrong(TooLarge);
        }
        catch (Exception e) when (e is ArithmeticException or InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            throw node.Wrong($"inputs, outputs or attributes do not fit the operation ({e.Message})");
        }
    }

    /// <summary>What is wrong with a shape, or null.</summary>
    private static string? Impossible(IReadOnlyList<long> sizes)
    {
        if (sizes.Count > TensorFact.MaximumRank) return $"{sizes.Count} axes, more than {TensorFact.MaximumRank}";
        return sizes.Any(size => size < 0) ? $"the impossible shape [{string.Join(", ", sizes)}]" : null;
    }
}
