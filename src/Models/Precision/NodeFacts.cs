using Fleetmark.Models.Onnx;

namespace Fleetmark.Models.Precision;

/// <summary>What a node says of itself.</summary>
internal static class NodeFacts
{
    /// <summary>True for operators of the standard's own domain.</summary>
    internal static bool IsStandard(this NodeProto node) => node.Domain is "" or "ai.onnx";

    /// <summary>True for the standard operator of that name.</summary>
    internal static bool Is(this NodeProto node, string op) => node.OpType == op && node.IsStandard();

    /// <summary>An attribute, or null.</summary>
    internal static AttributeProto? Find(this NodeProto node, string attribute) => node.Attribute.FirstOrDefault(a => a.Name == attribute);

    /// <summary>An integer attribute, or what the standard says where it is absent.</summary>
    internal static long Integer(this NodeProto node, string attribute, long absent) => node.Find(attribute)?.I ?? absent;

    /// <summary>Sets an integer attribute.</summary>
    internal static void Set(this NodeProto node, string attribute, long value)
    {
        if (node.Find(attribute) is { } there) there.I = value;
        else node.Attribute.Add(new AttributeProto { Name = attribute, I = value, Type = AttributeProto.Types.AttributeType.Int });
    }

    /// <summary>Graphs in the node's attributes.</summary>
    internal static IEnumerable<GraphProto> Bodies(this NodeProto node) =>
        node.Attribute.SelectMany(a => a.G is null ? a.Graphs : a.Graphs.Prepend(a.G));

    /// <summary>Every tensor the node reads: its inputs, and what graphs inside it take from around them.</summary>
    internal static IEnumerable<string> Reads(this NodeProto node) =>
        node.Input.Where(i => i.Length > 0).Concat(node.Bodies().SelectMany(Captured)).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Captured(GraphProto body)
    {
        HashSet<string> own =
        [
            .. body.Input.Select(i => i.Name), .. body.Initializer.Select(t => t.Name), .. body.SparseInitializer.Select(s => s.Values?.Name ?? ""),
            .. body.Node.SelectMany(n => n.Output),
        ];
        return body.Node.SelectMany(Reads).Concat(body.Output.Select(o => o.Name)).Where(name => !own.Contains(name));
    }
}
