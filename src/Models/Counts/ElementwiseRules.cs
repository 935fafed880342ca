namespace Fleetmark.Models.Counts;

/// <summary>Operations on one element at a time, and batch normalisation.</summary>
internal static class ElementwiseRules
{
    internal static readonly Dictionary<string, Func<OnnxNode, OnnxResult>> Rules = Table();

    /// <summary>Multidirectional broadcasting: axes aligned at the end, sizes equal or 1.</summary>
    internal static long[] Broadcast(OnnxNode node, long[] a, long[] b)
    {
        if (a.Length < b.Length) (a, b) = (b, a);
        long[] result = [.. a];
        int shift = a.Length - b.Length;
        for (int axis = 0; axis < b.Length; axis++)
        {
            long x = a[axis + shift], y = b[axis];
            if (x != y && x != 1 && y != 1) throw node.Wrong($"shapes [{string.Join(", ", a)}] and [{string.Join(", ", b)}] do not combine");
            result[axis + shift] = x == 1 ? y : x;
        }

        return result;
    }

    private static Dictionary<string, Func<OnnxNode, OnnxResult>> Table()
    {
        var rules = new Dictionary<string, Func<OnnxNode, OnnxResult>>(StringComparer.Ordinal) { ["BatchNormalization"] = BatchNormalization };
        foreach (string op in (string[])["Relu", "LeakyRelu", "ThresholdedRelu", "Clip"]) rules[op] = Rectifier;
        foreach (string op in (string[])[
            "Identity", "Cast", "Dropout", "Elu", "Selu", "Celu", "Sigmoid", "HardSigmoid", "HardSwish", "Tanh", "Softplus", "Softsign", "Mish", "Gelu", "Erf",
            "Softmax", "LogSoftmax", "Hardmax", "LRN", "Abs", "Neg", "Exp", "Log", "Sqrt", "Reciprocal", "Floor", "Ceil", "Round", "Sign", "Not",
            "QuantizeLinear", "DequantizeLinear"])
            rules[op] = SameShape;
        foreach (string op in (string[])[
            "Add", "Sub", "Mul", "Div", "Pow", "Min", "Max", "Sum", "Mean", "PRelu", "Where", "Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual", "And", "Or"])
            rules[op] = Combine;
        return rules;
    }

    private static OnnxResult Rectifier(OnnxNode node)
    {
        TensorFact input = node.Input(0);
        return new OnnxResult(input with { AwaitsBias = false, Values = null }, new NodeWork { RectifiedElements = input.ConstantRoot is null ? input.Elements : 0 });
    }

    private static OnnxResult SameShape(OnnxNode node)
    {
        TensorFact input = node.Input(0);
        bool keeps = node.Op is "Identity" or "Cast" or "Dropout";
        int type = node.Op == "Cast" ? (int)node.Integer("to", input.ElementType) : input.ElementType;
        TensorFact output = keeps ? input with { ElementType = type } : input with { AwaitsBias = false, Values = null };
        return new OnnxResult([output, new TensorFact(input.Dimensions)], default);
    }

    private static OnnxResult BatchNormalization(OnnxNode node)
    {
        TensorFact input = node.Input(0), scale = node.Input(1);
        if (input.Rank < 2 || scale.Elements != input.Dimensions[1]) throw node.Wrong($"{scale.Elements} factors for an input of shape [{string.Join(", ", input.Dimensions)}]");
        long channels = node.Learnt(scale);
        for (int statistic = 2; statistic < 5; statistic++) node.Learnt(node.Input(statistic));
        var work = new NodeWork
        {
            NormalisedElements = input.Elements,
            NormalisedChannels = channels,
            FoldedBiases = input.AwaitsBias ? channels : 0,
        };
        return new OnnxResult(new TensorFact(input.Dimensions) { ElementType = input.ElementType }, work);
    }

    private static OnnxResult Combine(OnnxNode node)
    {
        TensorFact[] inputs = node.Inputs();
        long[] shape = inputs.Select(i => i.Dimensions).Aggregate((a, b) => Broadcast(node, a, b));
        bool constant = inputs.All(i => i.ConstantRoot is not null);
        var output = new TensorFact(shape)
        {
            ElementType = inputs[^1].ElementType,
            ConstantRoot = constant ? inputs[0].ConstantRoot : null,
            Values = Arithmetic(node.Op, inputs, shape),
        };
        return new OnnxResult(output, constant ? default : Learnt(node, inputs, output));
    }

    /// <summary>A constant that is added to something computed is a bias, one that multiplies it a weight.</summary>
    private static NodeWork Learnt(OnnxNode node, TensorFact[] inputs, TensorFact output)
    {
        bool adds = node.Op is "Add" or "Sub" or "Sum";
        bool multiplies = node.Op is "Mul" or "Div" or "PRelu";
        long values = adds || multiplies ? inputs.Sum(node.Learnt) : 0;
        bool completesConv = adds && values > 0 && inputs.Any(i => i.AwaitsBias);
        return new NodeWork
        {
            Biases = adds ? values : 0,
            Weights = multiplies ? values : 0,
            BiasedOutputs = completesConv ? output.Elements : 0,
            RectifiedElements = node.Op == "PRelu" ? output.Elements : 0,
        };
    }

    /// <summary>Arithmetic that exporters do on shapes.</summary>
    private static long[]? Arithmetic(string op, TensorFact[] inputs, long[] shape)
    {
        if (inputs.Length != 2 || shape.Length > 1 || op is not ("Add" or "Sub" or "Mul" or "Div") || inputs[0].Values is not { } a || inputs[1].Values is not { } b) return null;
        long[] result = new long[TensorFact.Product(shape)];
        for (int i = 0; i < result.Length; i++)
        {
            long x = a[a.Length == 1 ? 0 : i], y = b[b.Length == 1 ? 0 : i];
            if (op == "Div" && y == 0) return null;
            result[i] = checked(op switch { "Add" => x + y, "Sub" => x - y, "Mul" => x * y, _ => x / y });
        }

        return result;
    }
}
