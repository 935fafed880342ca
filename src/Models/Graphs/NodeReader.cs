using System.Globalization;
using Fleetmark.Documents;

namespace Fleetmark.Models.Graphs;

/// <summary>
/// Reads node lines in order, computes each shape and compares it with the declared one. A node in error stands with its declared shape
/// for those after it, so that one mistake is told once.
/// </summary>
internal sealed class NodeReader
{
    /// <summary>2⁴⁵ multiply-adds in one node: far above any network, far below where sums over a definition overflow.</summary>
    private const long MaximumWork = 1L << 45;

    private readonly List<Problem> _problems;
    private readonly Dictionary<string, Shape?> _shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Location> _unused = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Location> _places = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reserved;
    private string _previous;

    internal NodeReader(List<Problem> problems, string inputName, Shape? input, string outputName, IReadOnlyList<DocumentNode> lines)
    {
        _problems = problems;
        _previous = inputName;
        _shapes[inputName] = input;
        _reserved = [inputName, outputName];
        foreach (DocumentNode line in lines)
            if (line is MappingNode mapping && mapping.Entries.FirstOrDefault(e => e.Key == "id") is { Value: ScalarNode id }) _places.TryAdd(id.Text, id.At);
    }

    /// <summary>Ids and tensor names carry no dots: parts of a node are named <c>id.weight</c>, <c>id.bn</c> and so on.</summary>
    internal static bool IsIdentifier(string name) =>
        name.Length is > 0 and <= 128 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    /// <summary>One node, or null when its line is too broken to make one.</summary>
    internal ModelNode? Read(DocumentNode line)
    {
        string? id = (line as MappingNode)?.Entries.FirstOrDefault(e => e.Key == "id")?.Value is ScalarNode scalar ? scalar.Text : null;
        if (line is not MappingNode mapping)
        {
            _problems.Add(new Problem("not-a-mapping", line.At.ToString(), "a node must be a mapping: {id: …, op: …}"));
            return null;
        }

        var reader = new MappingReader(mapping, _problems) { Subject = id is null ? "node" : $"node '{id}'" };
        int before = _problems.Count;
        Identify(reader);
        NodeOperation? operation = reader.Choice("op", NodeWords.Operations, required: true);
        List<string> inputs = Inputs(reader, operation);
        Shape?[] shapes = [.. inputs.Select(i => _shapes.GetValueOrDefault(i))];
        Shape? declared = Declared(reader);
        Activation activation = reader.Choice("act", NodeWords.Activations) ?? Activation.None;
        reader.Text("pd");
        ModelNode? node = null;
        if (operation is { } known)
        {
            node = new ModelNode
            {
                Id = id ?? "",
                Operation = known,
                Line = line.At.Line,
                Inputs = inputs,
                InputShapes = [.. shapes.Select(s => s ?? new Shape(1))],
                Output = new Shape(1),
                Activation = activation,
            };
            node = new NodeShaping(reader, line.At).Complete(node, inputs.Count > 0 && shapes.All(s => s is not null));
            reader.Finish();
        }

        bool sound = node is not null && _problems.Count == before && shapes.All(s => s is not null);
        Shape? standIn = declared;
        if (sound && !Compare(reader, line.At, node!, declared))
        {
            // Either the shape or a parameter is wrong, so neither shape is one to check others by.
            sound = false;
            standIn = null;
        }

        if (id is not null)
        {
            _shapes[id] = sound ? node!.Output : standIn;
            _unused.TryAdd(id, line.At);
            _previous = id;
        }

        return sound ? node : null;
    }

    /// <summary>Every node but the last must be read by another one.</summary>
    internal void ReportUnused()
    {
        foreach ((string id, Location at) in _unused)
            if (id != _previous) _problems.Add(new Problem("unused-node", at.ToString(), $"node '{id}': expected a node that reads it, found none", "use it or leave it out"));
    }

    private void Identify(MappingReader reader)
    {
        if (reader.Text("id", required: true) is not { } id) return;
        Location at = reader.Node("id")!.At;
        if (!IsIdentifier(id))
            reader.Report("wrong-value", at, "id: expected letters, digits, '_' and '-'", "rename the node");
        else if (_reserved.Contains(id))
            reader.Report("duplicate-id", at, $"id: '{id}' is the name of the model's input or output", "rename the node");
        else if (_shapes.ContainsKey(id))
            reader.Report("duplicate-id", at, $"id: expected a new name, found the one of line {_places[id].Line}", "rename one");
    }

    private List<string> Inputs(MappingReader reader, NodeOperation? operation)
    {
        DocumentNode? given = reader.Node("in");
        bool joins = operation is NodeOperation.Concat or NodeOperation.Add or NodeOperation.Multiply;
        var names = new List<string>();
        if (given is null)
        {
            if (joins) reader.Report("missing-key", reader.At, "in: expected at least two inputs, found none", "write in: [a, b]");
            else Use(_previous);
            return names;
        }

        IReadOnlyList<DocumentNode> items = given is SequenceNode list ? list.Items : [given];
        foreach (DocumentNode item in items)
        {
            if (item is not ScalarNode { Text: var name }) reader.Report("wrong-value", item.At, "in: expected the id of a node", "");
            else if (_shapes.ContainsKey(name)) Use(name);
            else if (_places.TryGetValue(name, out Location later))
                reader.Report("later-input", item.At, $"in: expected an earlier node, found '{name}' of line {later.Line}", "nodes stand in the order they are computed");
            else reader.Report("unknown-input", item.At, $"in: expected the id of an earlier node, found '{name}'", Suggestion.Remedy(name, [.. _shapes.Keys]));
        }

        if (operation is not null && names.Count == items.Count && (joins ? items.Count < 2 : items.Count != 1))
            reader.Report("wrong-value", given.At, $"in: expected {(joins ? "at least two inputs" : "one input")}, found {items.Count.ToString(CultureInfo.InvariantCulture)}", "");
        return names;

        void Use(string name)
        {
            names.Add(name);
            _unused.Remove(name);
        }
    }

    private static Shape? Declared(MappingReader reader)
    {
        if (reader.Items("out") is not { } items) return null;
        var sizes = new List<int>();
        foreach (DocumentNode item in items)
            if (reader.Integer(item, "out", 1, int.MaxValue) is { } size) sizes.Add((int)size);
        if (items.Count is 1 or 3) return sizes.Count == items.Count ? new Shape([.. sizes]) : null;
        reader.Report("wrong-value", reader.Node("out")!.At, $"out: expected [C, H, W] or [C], found {items.Count.ToString(CultureInfo.InvariantCulture)} sizes", "");
        return null;
    }

    private static bool Compare(MappingReader reader, Location at, ModelNode node, Shape? declared)
    {
        if (declared is null)
        {
            reader.Report("missing-key", at, "'out' is missing", $"the computed shape is {node.Output}");
            return false;
        }

        if (!declared.Equals(node.Output))
        {
            reader.Report("out-mismatch", reader.Node("out")!.At, $"out: expected {node.Output} as computed, found {declared}", "");
            return false;
        }

        Int128 work = (Int128)node.FanIn * node.Output.Elements;
        if (work <= MaximumWork && node.Output.Elements <= MaximumWork) return true;
        reader.Report("too-large", at, $"expected at most {MaximumWork} multiply-adds, found {work}", "");
        return false;
    }
}
