namespace Fleetmark.Models.Counts;

/// <summary>Convolutions and pools of any number of spatial axes.</summary>
internal static class WindowRules
{
    internal static readonly Dictionary<string, Func<OnnxNode, OnnxResult>> Rules = new(StringComparer.Ordinal)
    {
        ["Conv"] = Conv,
        ["ConvTranspose"] = ConvTranspose,
        ["MaxPool"] = Pool,
        ["AveragePool"] = Pool,
        ["LpPool"] = Pool,
        ["GlobalAveragePool"] = GlobalPool,
        ["GlobalMaxPool"] = GlobalPool,
        ["GlobalLpPool"] = GlobalPool,
    };

    private static OnnxResult Conv(OnnxNode node)
    {
        TensorFact input = Grid(node), weight = Weight(node, input);
        long groups = node.Integer("group", 1);
        if (groups < 1 || checked(weight.Dimensions[1] * groups) != input.Dimensions[1])
            throw node.Wrong($"the kernel reads {weight.Dimensions[1]} channels in {groups} groups, the input has {input.Dimensions[1]}");
        long[] kernel = weight.Dimensions[2..];
        var output = new TensorFact([input.Dimensions[0], weight.Dimensions[0], .. Spatial(node, input, kernel)]) { AwaitsBias = node.TryInput(2) is null };
        long perOutput = TensorFact.Product(weight.Dimensions.AsSpan(1));
        return new OnnxResult(output, Convolution(node, weight, output, checked(perOutput * output.Elements)));
    }

    private static OnnxResult ConvTranspose(OnnxNode node)
    {
        TensorFact input = Grid(node), weight = Weight(node, input);
        if (weight.Dimensions[0] != input.Dimensions[1]) throw node.Wrong($"the kernel reads {weight.Dimensions[0]} channels, the input has {input.Dimensions[1]}");
        long groups = node.Integer("group", 1);
        if (groups < 1 || weight.Dimensions[0] % groups != 0) throw node.Wrong($"{weight.Dimensions[0]} channels do not divide into {groups} groups");
        long channels = checked(weight.Dimensions[1] * groups);
        var output = new TensorFact([input.Dimensions[0], channels, .. TransposedSpatial(node, input, weight.Dimensions[2..])]) { AwaitsBias = node.TryInput(2) is null };
        long perInput = TensorFact.Product(weight.Dimensions.AsSpan(1));
        return new OnnxResult(output, Convolution(node, weight, output, checked(perInput * input.Elements)));
    }

    private static NodeWork Convolution(OnnxNode node, TensorFact weight, TensorFact output, long macs) => new()
    {
        ConvMacs = macs,
        ConvOutputs = output.Elements,
        BiasedOutputs = node.TryInput(2) is null ? 0 : output.Elements,
        Weights = node.Learnt(weight),
        Biases = node.Learnt(node.TryInput(2)),
    };

    private static OnnxResult Pool(OnnxNode node)
    {
        TensorFact input = Grid(node);
        long[] kernel = node.Integers("kernel_shape") ?? throw node.Wrong("kernel_shape is missing");
        if (kernel.Length != input.Rank - 2) throw node.Wrong($"a window of {kernel.Length} axes over {input.Rank - 2}");
        var output = new TensorFact([input.Dimensions[0], input.Dimensions[1], .. Spatial(node, input, kernel)]);
        var work = new NodeWork
        {
            PooledElements = checked(TensorFact.Product(kernel) * output.Elements),
            PoolOutputs = output.Elements,
            AveragePoolOutputs = node.Op == "AveragePool" ? output.Elements : 0,
        };
        return new OnnxResult([output, output], work);
    }

    private static OnnxResult GlobalPool(OnnxNode node)
    {
        TensorFact input = Grid(node);
        long[] sizes = [input.Dimensions[0], input.Dimensions[1], .. Enumerable.Repeat(1L, input.Rank - 2)];
        return new OnnxResult(new TensorFact(sizes), GlobalPoolWork(input, new TensorFact(sizes), average: node.Op == "GlobalAveragePool"));
    }

    internal static NodeWork GlobalPoolWork(TensorFact input, TensorFact output, bool average) => new()
    {
        PooledElements = input.Elements,
        PoolOutputs = output.Elements,
        GlobalAverageElements = average ? checked(input.Elements + output.Elements) : 0,
    };

    private static TensorFact Grid(OnnxNode node)
    {
        TensorFact input = node.Input(0);
        return input.Rank >= 3 ? input : throw node.Wrong($"expected [N, C, …], found {input.Rank} axes");
    }

    private static TensorFact Weight(OnnxNode node, TensorFact input)
    {
        TensorFact weight = node.Input(1);
        return weight.Rank == input.Rank ? weight : throw node.Wrong($"a kernel of {weight.Rank} axes over {input.Rank}");
    }

    private static long[] Spatial(OnnxNode node, TensorFact input, long[] kernel)
    {
        (long[] strides, long[] dilations, long[] pads) = Steps(node, kernel);
        string automatic = node.Text("auto_pad", "NOTSET");
        bool ceil = node.Integer("ceil_mode", 0) != 0;
        long[] output = new long[kernel.Length];
        for (int axis = 0; axis < kernel.Length; axis++)
        {
            long n = input.Dimensions[axis + 2], reach = checked((dilations[axis] * (kernel[axis] - 1)) + 1), stride = strides[axis];
            output[axis] = automatic switch
            {
                "SAME_UPPER" or "SAME_LOWER" => checked(n + stride - 1) / stride,
                "VALID" => Count(checked(n - reach), stride, ceil),
                _ => Padded(n, reach, stride, pads[axis], pads[axis + kernel.Length], ceil),
            };
            if (output[axis] < 1) throw node.Wrong($"the window does not fit: axis {axis + 2} has {n} positions");
        }

        return output;
    }

    private static long Padded(long n, long reach, long stride, long before, long after, bool ceil)
    {
        long count = Count(checked(n + before + after - reach), stride, ceil);
        // A last window that starts behind the input reads padding only; runtimes leave it out.
        return ceil && checked((count - 1) * stride) >= n + before ? count - 1 : count;
    }

    private static long Count(long room, long stride, bool ceil) => room < 0 ? 0 : checked(((ceil ? room + stride - 1 : room) / stride) + 1);

    private static long[] TransposedSpatial(OnnxNode node, TensorFact input, long[] kernel)
    {
        if (node.Integers("output_shape") is { } given)
        {
            // Some exporters give all axes, the standard asks for the spatial ones.
            if (given.Length != kernel.Length && given.Length != input.Rank) throw node.Wrong($"output_shape has {given.Length} sizes for {kernel.Length} axes");
            return given[^kernel.Length..].All(size => size > 0) ? given[^kernel.Length..] : throw node.Wrong("output_shape has a size below 1");
        }

        (long[] strides, long[] dilations, long[] pads) = Steps(node, kernel);
        long[] extra = node.Integers("output_padding") ?? new long[kernel.Length];
        if (extra.Length != kernel.Length) throw node.Wrong($"output_padding has {extra.Length} sizes for {kernel.Length} axes");
        bool same = node.Text("auto_pad", "NOTSET") is "SAME_UPPER" or "SAME_LOWER";
        long[] output = new long[kernel.Length];
        for (int axis = 0; axis < kernel.Length; axis++)
        {
            long n = input.Dimensions[axis + 2];
            output[axis] = checked(same
                ? n * strides[axis]
                : (strides[axis] * (n - 1)) + extra[axis] + (dilations[axis] * (kernel[axis] - 1)) + 1 - pads[axis] - pads[axis + kernel.Length]);
            if (output[axis] < 1) throw node.Wrong($"axis {axis + 2} would have {output[axis]} positions");
        }

        return output;
    }

    private static (long[] Strides, long[] Dilations, long[] Pads) Steps(OnnxNode node, long[] kernel)
    {
        int axes = kernel.Length;
        long[] strides = node.Integers("strides") ?? [.. Enumerable.Repeat(1L, axes)];
        long[] dilations = node.Integers("dilations") ?? [.. Enumerable.Repeat(1L, axes)];
        long[] pads = node.Integers("pads") ?? new long[2 * axes];
        if (strides.Length != axes || dilations.Length != axes || pads.Length != 2 * axes) throw node.Wrong($"strides, dilations or pads do not have {axes} axes");
        if (strides.Any(s => s < 1) || dilations.Any(d => d < 1) || kernel.Any(k => k < 1)) throw node.Wrong("a window, stride or dilation below 1");
        return (strides, dilations, pads);
    }
}
