using Fleetmark.Documents;
using Fleetmark.Models.Onnx;

namespace Fleetmark.Models.Counts;

/// <summary>One ONNX node with what is known about its inputs, as the rules see it.</summary>
internal sealed class OnnxNode(NodeProto proto, IReadOnlyList<TensorFact?> inputs, string where, HashSet<string> counted)
{
    internal string Op => proto.OpType;

    internal int OutputCount => proto.Output.Count;

    /// <summary>An input, or null when it is left out.</summary>
    internal TensorFact? TryInput(int index) => index < inputs.Count ? inputs[index] : null;

    /// <summary>An input that must be there.</summary>
    internal TensorFact Input(int index) => TryInput(index) ?? throw Wrong($"input {index} is missing");

    /// <summary>All inputs, of which none may be left out.</summary>
    internal TensorFact[] Inputs() => inputs.Count > 0 ? [.. Enumerable.Range(0, inputs.Count).Select(Input)] : throw Wrong("there are no inputs");

    /// <summary>The values of an input that must be known without running the graph.</summary>
    internal long[] Values(int index) => Input(index).Values ?? throw Wrong($"input {index} is not a constant whole-number list");

    internal AttributeProto? Attribute(string name) => proto.Attribute.FirstOrDefault(a => a.Name == name);

    internal long Integer(string name, long fallback) => Attribute(name) is { HasI: true } attribute ? attribute.I : fallback;

    internal long[]? Integers(string name) => Attribute(name) is { Ints.Count: > 0 } attribute ? [.. attribute.Ints] : null;

    internal string Text(string name, string fallback) => Attribute(name) is { HasS: true } attribute ? attribute.S.ToStringUtf8() : fallback;

    /// <summary>A list that moved from an attribute to an input in a later operator set; null when neither is given.</summary>
    internal long[]? IntegersOrInput(string name, int index) => Integers(name) ?? (TryInput(index) is null ? null : Values(index));

    /// <summary>An axis counted from the front.</summary>
    internal int Axis(long axis, int rank)
    {
        long positive = axis < 0 ? axis + rank : axis;
        return positive >= 0 && positive < rank ? (int)positive : throw Wrong($"axis {axis} does not exist in {rank} axes");
    }

    /// <summary>
    /// How many learnt values a constant input brings. Scalars are not learnt, what depends on the input is not constant, and a tensor used
    /// by several nodes counts once.
    /// </summary>
    internal long Learnt(TensorFact? fact) =>
        fact is { ConstantRoot: { } root } && fact.Elements > 1 && counted.Add(root) ? fact.Elements : 0;

    /// <summary>A problem that names this node.</summary>
    internal ProblemException Wrong(string what, string code = "model-graph") =>
        new(new Problem(code, where, $"node '{Name}' ({Op}): {what}"));

    /// <summary>Name of the first output; empty when the node has none.</summary>
    internal string FirstOutput => proto.Output.FirstOrDefault() ?? "";

    private string Name => proto.Name.Length > 0 ? proto.Name : FirstOutput;
}
