using System.Globalization;
using Fleetmark.Documents;

namespace Fleetmark.Models.Graphs;

/// <summary>Reads the parameters of one node and computes its shape.</summary>
internal sealed class NodeShaping(MappingReader reader, Location at)
{
    private const int MaximumChannels = 1 << 20;
    private const int MaximumStep = 1 << 10;
    private const int MaximumPixels = 1 << 15;

    /// <summary>The node with its parameters and, where <paramref name="shaped"/> says that the input shapes are known, its output.</summary>
    internal ModelNode? Complete(ModelNode node, bool shaped) => node.Operation switch
    {
        NodeOperation.Conv => Conv(node, shaped),
        NodeOperation.MaxPool or NodeOperation.AveragePool => Pool(node, shaped),
        NodeOperation.GlobalAveragePool => shaped && HasGrid(node) ? node with { Output = new Shape(node.InputChannels, 1, 1) } : null,
        NodeOperation.Flatten => Flatten(node, shaped),
        NodeOperation.FullyConnected => FullyConnected(node, shaped),
        NodeOperation.Scale => Scale(node, shaped),
        NodeOperation.Concat => Concat(node, shaped),
        _ => Elementwise(node, shaped),
    };

    private ModelNode? Conv(ModelNode node, bool shaped)
    {
        long? cin = reader.Integer("cin", 1, MaximumChannels, required: true);
        long? cout = reader.Integer("cout", 1, MaximumChannels, required: true);
        Window? window = Window(ceil: false, dilated: true);
        long groups = reader.Integer("g", 1, MaximumChannels) ?? 1;
        bool? bias = reader.Flag("bias", required: true);
        bool normalised = reader.Flag("bn") ?? false;
        if (cin is null || cout is null || window is null || bias is null) return null;
        if (cin % groups != 0) Wrong("groups", $"g: expected a divisor of cin ({cin}), found {groups}");
        if (cout % groups != 0) Wrong("groups", $"g: expected a divisor of cout ({cout}), found {groups}");
        if (!shaped || !HasGrid(node) || !HasChannels(node, cin.Value)) return null;
        return Grid(node with { Groups = (int)groups, Bias = bias.Value, BatchNorm = normalised }, window, (int)cout);
    }

    private ModelNode? Pool(ModelNode node, bool shaped)
    {
        Window? window = Window(ceil: reader.Flag("ceil") ?? false, dilated: false);
        if (window is null) return null;
        if (window.Padding.Height >= window.Kernel.Height || window.Padding.Width >= window.Kernel.Width)
            Wrong("wrong-value", $"p: expected less than the window ({window.Kernel}), found {window.Padding}");
        return shaped && HasGrid(node) ? Grid(node, window, node.InputChannels) : null;
    }

    private ModelNode? Grid(ModelNode node, Window window, int channels)
    {
        var input = new Extent(node.InputShapes[0].Dimensions[1], node.InputShapes[0].Dimensions[2]);
        Extent output = window.Output(input);
        if (output.Height <= 0 || output.Width <= 0)
            return Wrong("empty-output", $"the window: expected one that fits the padded input {input}, found {window.Kernel} with padding {window.Padding}");
        if (window.Ceil && window.LastStartsInPadding(input))
            return Wrong("ceil-in-padding", "ceil: the last window starts in the padding, where runtimes disagree on the output's size; expected another window, step or padding");
        return node with { Window = window, Output = new Shape(channels, output.Height, output.Width) };
    }

    private ModelNode? Flatten(ModelNode node, bool shaped)
    {
        Axis();
        if (!shaped) return null;
        long elements = node.InputShapes[0].Elements;
        return elements > int.MaxValue ? Wrong("too-large", $"expected at most {int.MaxValue} values, found {elements}") : node with { Output = new Shape((int)elements) };
    }

    private ModelNode? FullyConnected(ModelNode node, bool shaped)
    {
        long? cin = reader.Integer("cin", 1, int.MaxValue, required: true);
        long? cout = reader.Integer("cout", 1, MaximumChannels, required: true);
        bool? bias = reader.Flag("bias", required: true);
        if (cin is null || cout is null || bias is null || !shaped) return null;
        if (node.InputShapes[0].Rank != 1)
            return Wrong("shape-mismatch", $"the input: expected [{cin}], found {node.InputShapes[0]}", "put a flatten before it");
        return HasChannels(node, cin.Value) ? node with { Bias = bias.Value, Output = new Shape((int)cout) } : null;
    }

    private ModelNode? Scale(ModelNode node, bool shaped)
    {
        double? value = reader.Number("value", required: true);
        if (value is null || !shaped) return null;
        float factor = (float)value.Value;
        return float.IsFinite(factor) ? node with { Factor = factor, Output = node.InputShapes[0] } : Wrong("wrong-value", "value: expected a float32 number");
    }

    private ModelNode? Concat(ModelNode node, bool shaped)
    {
        Axis();
        if (!shaped) return null;
        Shape first = node.InputShapes[0];
        foreach (Shape other in node.InputShapes.Skip(1))
            if (!other.Dimensions.Skip(1).SequenceEqual(first.Dimensions.Skip(1)))
                return Wrong("shape-mismatch", $"the inputs: expected equal height and width, found {string.Join(", ", node.InputShapes)}");
        long channels = node.InputShapes.Sum(s => (long)s.Channels);
        if (channels > MaximumChannels) return Wrong("too-large", $"expected at most {MaximumChannels} channels, found {channels}");
        return node with { Output = new Shape([(int)channels, .. first.Dimensions.Skip(1)]) };
    }

    private ModelNode? Elementwise(ModelNode node, bool shaped)
    {
        if (!shaped) return null;
        Shape whole = node.InputShapes.MaxBy(s => s.Elements)!;
        bool spreads = node.Operation == NodeOperation.Multiply && whole.Rank == 3;
        Shape perChannel = spreads ? new Shape(whole.Channels, 1, 1) : whole;
        bool fits = node.InputShapes.All(s => s.Equals(whole) || s.Equals(perChannel));
        return fits ? node with { Output = whole } : Wrong("shape-mismatch", $"the inputs: expected equal shapes, found {string.Join(", ", node.InputShapes)}");
    }

    private Window? Window(bool ceil, bool dilated)
    {
        Extent? kernel = Pair("k", 1, MaximumStep, required: true), stride = Pair("s", 1, MaximumStep, required: true), padding = Pair("p", 0, MaximumStep, required: true);
        Extent dilation = (dilated ? Pair("d", 1, MaximumStep, required: false) : null) ?? Extent.One;
        return kernel is null || stride is null || padding is null ? null : new Window(kernel.Value, stride.Value, padding.Value, dilation, ceil);
    }

    /// <summary>One number for both axes, or <c>[h, w]</c>.</summary>
    private Extent? Pair(string key, long low, long high, bool required)
    {
        DocumentNode? node = reader.Node(key, required);
        if (node is null) return null;
        if (node is not SequenceNode pair)
            return reader.Integer(node, key, low, high) is { } both ? new Extent((int)both, (int)both) : null;
        if (pair.Items.Count != 2)
        {
            reader.Report("wrong-value", pair.At, $"{key}: expected a number or [h, w], found {pair.Items.Count.ToString(CultureInfo.InvariantCulture)} values", "");
            return null;
        }

        long? height = reader.Integer(pair.Items[0], key, low, high), width = reader.Integer(pair.Items[1], key, low, high);
        return height is null || width is null ? null : new Extent((int)height, (int)width);
    }

    private void Axis() => reader.Integer("axis", 1, 1);

    private bool HasGrid(ModelNode node)
    {
        Shape input = node.InputShapes[0];
        if (input.Rank != 3) Wrong("shape-mismatch", $"the input: expected [C, H, W], found {input}");
        else if (Math.Max(input.Dimensions[1], input.Dimensions[2]) > MaximumPixels)
            Wrong("too-large", $"the input: expected at most {MaximumPixels} pixels along an axis, found {input}");
        else return true;
        return false;
    }

    private bool HasChannels(ModelNode node, long cin)
    {
        if (node.InputChannels == cin) return true;
        Wrong("channels", $"cin: expected {node.InputChannels}, the channels of '{node.Inputs[0]}', found {cin}");
        return false;
    }

    private ModelNode? Wrong(string code, string what, string remedy = "")
    {
        reader.Report(code, at, what, remedy);
        return null;
    }
}
