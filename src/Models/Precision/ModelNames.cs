using Fleetmark.Models.Onnx;

namespace Fleetmark.Models.Precision;

/// <summary>Names of a model's tensors and nodes, so that what is added gets a name of its own and every node can be spoken of.</summary>
internal sealed class ModelNames
{
    private readonly HashSet<string> _taken;
    private readonly HashSet<string> _unique;

    internal ModelNames(ModelProto model)
    {
        NodeProto[] nodes = [.. model.AllNodes()];
        _unique = [.. nodes.GroupBy(n => n.Name, StringComparer.Ordinal).Where(g => g.Key.Length > 0 && g.Count() == 1).Select(g => g.Key)];
        _taken = [.. model.AllTensors().Select(t => t.Name), .. nodes.SelectMany(n => n.Input.Concat(n.Output).Append(n.Name)), .. model.Graph.Input.Select(i => i.Name)];
        foreach (GraphProto body in nodes.SelectMany(n => n.Bodies())) _taken.UnionWith(body.Input.Concat(body.Output).Select(p => p.Name));
    }

    /// <summary>The name wanted, with a number behind it where it is taken.</summary>
    internal string Fresh(string wanted)
    {
        string name = wanted;
        for (int number = 2; !_taken.Add(name); number++) name = $"{wanted}.{number}";
        return name;
    }

    /// <summary>What a node is called: its name, or its first result where the name is missing or not the only one.</summary>
    internal string Of(NodeProto node) => _unique.Contains(node.Name) ? node.Name : node.Output.FirstOrDefault(o => o.Length > 0) ?? "";
}
