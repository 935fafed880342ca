using System.Globalization;
using System.Text;
using Fleetmark.Documents;

namespace Fleetmark.Models.Graphs;

/// <summary>Reads a definition document: header keys here, one node line after the other in <see cref="NodeReader"/>, then what only the whole graph shows.</summary>
internal sealed class DefinitionReader
{
    /// <summary>Longest side of an input, in pixels.</summary>
    private const int MaximumSide = 1 << 14;

    private readonly List<Problem> _problems = [];

    internal static ModelDefinition Read(string yaml, string file)
    {
        var reader = new DefinitionReader();
        ModelDefinition? definition = reader.Definition(YamlDocument.Read(yaml, file), yaml, file);
        return reader._problems.Count == 0 && definition is not null ? definition : throw new ProblemException(reader._problems);
    }

    private ModelDefinition? Definition(DocumentNode root, string yaml, string file)
    {
        if (MappingReader.Over(root, "a model definition", _problems) is not { } top) return null;
        string name = Name(top);
        UpstreamSource? source = Source(top);
        float epsilon = Conventions(top);
        (string inputName, Shape? input) = Tensor(top, "input", rank: 4);
        (string outputName, Shape? output) = Tensor(top, "output", rank: 2);
        if (inputName == outputName && inputName.Length > 0) top.Report("duplicate-id", top.At, $"input and output are both called '{inputName}'", "rename one");
        top.Text("exported_output");
        ImageSizes? image = Image(top, "image", input, required: true);
        ImageSizes? upstreamImage = Image(top, "upstream_image", input, required: false);
        IReadOnlyList<DocumentNode> lines = top.Items("layers", required: true) ?? [];
        top.Finish();

        List<ModelNode> nodes = Nodes(lines, inputName, input, outputName);
        if (lines.Count == 0 && top.Node("layers") is { } empty) top.Report("no-nodes", empty.At, "'layers' is empty", "write at least one node");
        if (nodes.Count > 0 && nodes.Count == lines.Count) CheckLast(lines[^1].At, nodes[^1], output);
        if (_problems.Count > 0) return null;
        return new ModelDefinition
        {
            Name = name,
            File = file,
            Text = yaml,
            InputName = inputName,
            Input = input!,
            OutputName = outputName,
            BatchNormEpsilon = epsilon,
            Image = image!,
            UpstreamImage = upstreamImage,
            Source = source,
            Nodes = nodes,
            Digest = Digest.OfText(CanonicalText(name, inputName, input!, outputName, epsilon, nodes)),
        };
    }

    private string Name(MappingReader top)
    {
        string name = top.Text("model", required: true) ?? "";
        if (top.Node("model") is ScalarNode node && ModelName.Check(name, node.At.ToString()) is { } problem) _problems.Add(problem);
        return name;
    }

    private UpstreamSource? Source(MappingReader top)
    {
        if (top.Node("source") is not { } node || MappingReader.Over(node, "source", _problems) is not { } source) return null;
        string? repo = source.Text("repo", required: true), commit = source.Text("commit", required: true), file = source.Text("file", required: true);
        source.Finish();
        return repo is null || commit is null || file is null ? null : new UpstreamSource(repo, commit, file);
    }

    /// <summary>The conventions are written down for readers; only epsilon is a choice. What contradicts them would be ignored, so it is refused.</summary>
    private float Conventions(MappingReader top)
    {
        const double Default = 1e-5;
        if (top.Node("conventions") is not { } node || MappingReader.Over(node, "conventions", _problems) is not { } conventions) return (float)Default;
        Fixed(conventions, "layout", "NCHW");
        Fixed(conventions, "conv_weight", "[cout, cin/g, k, k]");
        Fixed(conventions, "fc_weight", "[cin, cout]");
        foreach (string sentence in (string[])["pad", "out_size", "order", "scale"]) conventions.Text(sentence);
        double? epsilon = null;
        if (conventions.Node("bn") is { } bn && MappingReader.Over(bn, "bn", _problems) is { } norm)
        {
            epsilon = norm.Number("eps", required: true);
            if (epsilon is <= 0 or > 1) norm.Report("wrong-value", bn.At, $"eps: expected a number above 0 and at most 1, found {epsilon.Value.ToString(CultureInfo.InvariantCulture)}", "");
            norm.Number("momentum");
            norm.Items("tensors");
            norm.Finish();
        }

        conventions.Finish();
        return (float)(epsilon ?? Default);
    }

    private static void Fixed(MappingReader conventions, string key, string expected)
    {
        string? found = conventions.Node(key) switch
        {
            null => expected,
            ScalarNode scalar => scalar.Text,
            SequenceNode list => $"[{string.Join(", ", list.Items.Select(i => (i as ScalarNode)?.Text ?? "?"))}]",
            _ => "a mapping",
        };
        if (found != expected) conventions.Report("wrong-value", conventions.Node(key)!.At, $"{key}: expected {expected}, found {found}", "conventions cannot be changed");
    }

    /// <summary>Name and per-sample shape of the input or output; the batch axis is written <c>N</c>.</summary>
    private (string Name, Shape? Shape) Tensor(MappingReader top, string key, int rank)
    {
        if (top.Node(key, required: true) is not { } node || MappingReader.Over(node, key, _problems) is not { } tensor) return ("", null);
        string name = tensor.Text("name", required: true) ?? "";
        if (name.Length > 0 && !NodeReader.IsIdentifier(name))
            tensor.Report("wrong-value", node.At, $"{key}: '{name}' has other characters than letters, digits, '_' and '-'", "rename it");
        if (tensor.Text("dtype", required: true) is { } type && type != "float32")
            tensor.Report("wrong-value", tensor.Node("dtype")!.At, $"{key}.dtype: expected float32, found {type}", "");
        IReadOnlyList<DocumentNode>? items = tensor.Items("shape", required: true);
        tensor.Finish();
        if (items is null) return (name, null);
        if (items.Count != rank || items[0] is not ScalarNode { Text: "N" })
        {
            tensor.Report("wrong-value", tensor.Node("shape")!.At, $"{key}.shape: expected {rank} sizes of which the first is N", "");
            return (name, null);
        }

        var sizes = new List<int>();
        foreach (DocumentNode item in items.Skip(1))
            if (tensor.Integer(item, $"{key}.shape", 1, MaximumSide * 8) is { } size) sizes.Add((int)size);
        if (sizes.Count < rank - 1) return (name, null);
        if (rank == 4 && Math.Max(sizes[1], sizes[2]) > MaximumSide)
        {
            tensor.Report("wrong-value", tensor.Node("shape")!.At, $"{key}.shape: expected sides of at most {MaximumSide}, found {Math.Max(sizes[1], sizes[2])}", "");
            return (name, null);
        }

        return (name, new Shape([.. sizes]));
    }

    private ImageSizes? Image(MappingReader top, string key, Shape? input, bool required)
    {
        if (top.Node(key, required) is not { } node || MappingReader.Over(node, key, _problems) is not { } image) return null;
        long? crop = image.Integer("crop", 1, MaximumSide, required: true);
        long? resizeShort = image.Integer("resizeShort", 1, MaximumSide, required: true);
        image.Finish();
        if (crop is null || resizeShort is null) return null;
        if (resizeShort < crop)
            image.Report("wrong-value", node.At, $"{key}: expected resizeShort of at least crop ({crop}), found {resizeShort}", "");
        if (input is not null && (input.Dimensions[1] != crop || input.Dimensions[2] != crop))
            image.Report("wrong-value", node.At, $"{key}.crop: expected the input's height and width, found {crop} for {input}", "");
        return new ImageSizes((int)crop, (int)resizeShort);
    }

    private List<ModelNode> Nodes(IReadOnlyList<DocumentNode> lines, string inputName, Shape? input, string outputName)
    {
        var reader = new NodeReader(_problems, inputName, input, outputName, lines);
        var nodes = new List<ModelNode>();
        foreach (DocumentNode line in lines)
            if (reader.Read(line) is { } node) nodes.Add(node);
        reader.ReportUnused();
        return nodes;
    }

    private void CheckLast(Location at, ModelNode last, Shape? output)
    {
        if (last.Output.Rank != 1)
            _problems.Add(new Problem("last-node", at.ToString(), $"node '{last.Id}': the last node: expected one value per class, found {last.Output}", "add a flatten"));
        else if (output is not null && !last.Output.Equals(output))
            _problems.Add(new Problem("last-node", at.ToString(), $"node '{last.Id}': the last node: expected the output's {output}, found {last.Output}"));
    }

    private static string CanonicalText(string name, string inputName, Shape input, string outputName, float epsilon, List<ModelNode> nodes)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"fleetmark-definition-v1\n{name}\n{inputName} {input}\n{outputName}\n{BitConverter.SingleToUInt32Bits(epsilon):x8}\n");
        foreach (ModelNode n in nodes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{n.Id} {NodeWords.Of(n.Operation)} {string.Join(',', n.Inputs)} {n.Output}");
            if (n.Window is { } w)
                text.Append(CultureInfo.InvariantCulture, $" k{w.Kernel} s{w.Stride} p{w.Padding} d{w.Dilation} {(w.Ceil ? "ceil" : "floor")}");
            text.Append(CultureInfo.InvariantCulture, $" g{n.Groups} {(n.Bias ? "bias" : "-")} {(n.BatchNorm ? "bn" : "-")} {NodeWords.Of(n.Activation)} {BitConverter.SingleToUInt32Bits(n.Factor):x8}\n");
        }

        return text.ToString();
    }
}
