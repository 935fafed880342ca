using Fleetmark.Models.Onnx;

namespace Fleetmark.Models.Counts;

/// <summary>Operations that move, cut or measure tensors and compute nothing with their elements; means over the grid pool it.</summary>
internal static class LayoutRules
{
    internal static readonly Dictionary<string, Func<OnnxNode, OnnxResult>> Rules = new(StringComparer.Ordinal)
    {
        ["Constant"] = Constant,
        ["ConstantOfShape"] = node => new OnnxResult(new TensorFact(node.Values(0)) { ConstantRoot = "" }),
        ["Shape"] = ShapeOf,
        ["Reshape"] = Reshape,
        ["Flatten"] = Flatten,
        ["Squeeze"] = Squeeze,
        ["Unsqueeze"] = Unsqueeze,
        ["Transpose"] = Transpose,
        ["Concat"] = Concat,
        ["Split"] = Split,
        ["Slice"] = Slice,
        ["Gather"] = Gather,
        ["Expand"] = node => new OnnxResult(node.Input(0) with { Dimensions = ElementwiseRules.Broadcast(node, node.Input(0).Dimensions, node.Values(1)), Values = null }),
        ["Pad"] = Pad,
        ["ReduceMean"] = Reduce,
        ["ReduceSum"] = Reduce,
        ["ReduceMax"] = Reduce,
        ["ReduceMin"] = Reduce,
        ["DepthToSpace"] = DepthToSpace,
        ["SpaceToDepth"] = SpaceToDepth,
    };

    private static OnnxResult Constant(OnnxNode node)
    {
        if (node.Attribute("value") is { T: { } tensor }) return new OnnxResult(OnnxConstants.Fact(tensor, OnnxConstants.RootOf(node)));
        if (node.Attribute("value_int") is { } one) return new OnnxResult(OnnxConstants.Whole([one.I], []));
        if (node.Attribute("value_ints") is { } many) return new OnnxResult(OnnxConstants.Whole([.. many.Ints], [many.Ints.Count]));
        if (node.Attribute("value_float") is not null) return new OnnxResult(new TensorFact([]) { ElementType = (int)ElementType.Float, ConstantRoot = "" });
        if (node.Attribute("value_floats") is { } floats)
            return new OnnxResult(new TensorFact([floats.Floats.Count]) { ElementType = (int)ElementType.Float, ConstantRoot = OnnxConstants.RootOf(node) });
        throw node.Wrong("a constant that is no tensor of numbers");
    }

    private static OnnxResult ShapeOf(OnnxNode node)
    {
        long[] sizes = node.Input(0).Dimensions;
        int start = Bound(node.Integer("start", 0)), end = Bound(node.Integer("end", sizes.Length));
        long[] part = start < end ? sizes[start..end] : [];
        return new OnnxResult(OnnxConstants.Whole(part, [part.Length]));

        int Bound(long index) => (int)Math.Clamp(index < 0 ? index + sizes.Length : index, 0, sizes.Length);
    }

    private static OnnxResult Reshape(OnnxNode node)
    {
        TensorFact input = node.Input(0);
        long[] sizes = [.. node.Integers("shape") ?? node.Values(1)];
        int free = -1;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            if (sizes[axis] == 0 && node.Integer("allowzero", 0) == 0)
                sizes[axis] = axis < input.Rank ? input.Dimensions[axis] : throw node.Wrong($"size {axis} is to be kept, the input has {input.Rank} axes");
            if (sizes[axis] == -1) free = free < 0 ? axis : throw node.Wrong("two sizes are left open");
            else if (sizes[axis] < 1) throw node.Wrong($"the size {sizes[axis]} cannot be");
        }

        if (free >= 0)
        {
            sizes[free] = 1;
            long rest = TensorFact.Product(sizes);
            sizes[free] = rest > 0 && input.Elements % rest == 0 ? input.Elements / rest : throw node.Wrong($"{input.Elements} elements do not divide by {rest}");
        }

        if (TensorFact.Product(sizes) != input.Elements) throw node.Wrong($"{input.Elements} elements cannot become [{string.Join(", ", sizes)}]");
        return new OnnxResult(input with { Dimensions = sizes });
    }

    private static OnnxResult Flatten(OnnxNode node)
    {
        TensorFact input = node.Input(0);
        long axis = node.Integer("axis", 1);
        int cut = axis == input.Rank ? input.Rank : node.Axis(axis, input.Rank);
        return new OnnxResult(input with
        {
            Dimensions = [TensorFact.Product(input.Dimensions.AsSpan(0, cut)), TensorFact.Product(input.Dimensions.AsSpan(cut))],
        });
    }

    private static OnnxResult Squeeze(OnnxNode node)
    {
        TensorFact input = node.Input(0);
        long[]? axes = node.IntegersOrInput("axes", 1);
        HashSet<int> gone = axes is null
            ? [.. Enumerable.Range(0, input.Rank).Where(a => input.Dimensions[a] == 1)]
            : [.. axes.Select(a => node.Axis(a, input.Rank))];
        if (gone.Any(a => input.Dimensions[a] != 1)) throw node.Wrong("an axis to be removed is longer than 1");
        return new OnnxResult(input with { Dimensions = [.. input.Dimensions.Where((_, axis) => !gone.Contains(axis))] });
    }

    private static OnnxResult Unsqueeze(OnnxNode node)
    {
        TensorFact input = node.Input(0);
        long[] axes = node.IntegersOrInput("axes", 1) ?? throw node.Wrong("axes are missing");
        if (axes.Length > TensorFact.MaximumRank) throw node.Wrong($"{axes.Length} axes are added");
        int rank = input.Rank + axes.Length;
        var sizes = new List<long>(input.Dimensions);
        foreach (int axis in axes.Select(a => node.Axis(a, rank)).Order()) sizes.Insert(Math.Min(axis, sizes.Count), 1);
        return new OnnxResult(input with { Dimensions = [.. sizes] });
    }

    private static OnnxResult Transpose(OnnxNode node)
    {
        TensorFact input = node.Input(0);
        long[] order = node.Integers("perm") ?? [.. Enumerable.Range(0, input.Rank).Reverse().Select(a => (long)a)];
        if (order.Length != input.Rank) throw node.Wrong($"{order.Length} axes are reordered, the input has {input.Rank}");
        int[] axes = [.. order.Select(a => node.Axis(a, input.Rank))];
        if (axes.Distinct().Count() != axes.Length) throw node.Wrong("an axis is used twice");
        return new OnnxResult(input with { Dimensions = [.. axes.Select(a => input.Dimensions[a])], Values = input.Rank > 1 ? null : input.Values });
    }

    private static OnnxResult Concat(OnnxNode node)
    {
        TensorFact[] inputs = node.Inputs();
        int axis = node.Axis(node.Integer("axis", 1), inputs[0].Rank);
        long[] sizes = [.. inputs[0].Dimensions];
        foreach (TensorFact other in inputs.Skip(1))
        {
            if (other.Rank != sizes.Length || other.Dimensions.Where((size, a) => a != axis && size != sizes[a]).Any())
                throw node.Wrong($"[{string.Join(", ", sizes)}] and [{string.Join(", ", other.Dimensions)}] cannot be joined along axis {axis}");
            sizes[axis] = checked(sizes[axis] + other.Dimensions[axis]);
        }

        bool known = sizes is [<= TensorFact.MaximumValues] && inputs.All(i => i.Values is not null);
        return new OnnxResult(new TensorFact(sizes)
        {
            ElementType = inputs[0].ElementType,
            Values = known ? [.. inputs.SelectMany(i => i.Values!)] : null,
            ConstantRoot = inputs.All(i => i.ConstantRoot is not null) ? inputs[0].ConstantRoot : null,
        });
    }

    private static OnnxResult Split(OnnxNode node)
    {
        TensorFact input = node.Input(0);
        int axis = node.Axis(node.Integer("axis", 0), input.Rank);
        if (node.OutputCount == 0) throw node.Wrong("there are no outputs");
        long size = input.Dimensions[axis], step = checked(size + node.OutputCount - 1) / node.OutputCount;
        long[] parts = node.IntegersOrInput("split", 1) ?? [.. Enumerable.Range(0, node.OutputCount).Select(i => Math.Min(step, size - (i * step)))];
        if (parts.Length != node.OutputCount || parts.Sum() != size || parts.Any(p => p < 1)) throw node.Wrong($"{size} positions cannot be split into {node.OutputCount} such parts");
        return new OnnxResult([.. parts.Select(p => With(input, axis, p))], default);
    }

    private static OnnxResult Slice(OnnxNode node)
    {
        TensorFact input = node.Input(0);
        long[] starts = node.Integers("starts") ?? node.Values(1), ends = node.Integers("ends") ?? node.Values(2);
        long[] axes = node.IntegersOrInput("axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(a => (long)a)];
        long[] steps = node.TryInput(4) is null ? [.. Enumerable.Repeat(1L, starts.Length)] : node.Values(4);
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length) throw node.Wrong("starts, ends, axes and steps differ in length");
        TensorFact output = input;
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = node.Axis(axes[i], input.Rank);
            if (steps[i] < 1) throw node.Wrong($"a step of {steps[i]}");
            long size = input.Dimensions[axis];
            long start = Math.Clamp(starts[i] < 0 ? starts[i] + size : starts[i], 0, size), end = Math.Clamp(ends[i] < 0 ? ends[i] + size : ends[i], 0, size);
            long count = end > start ? ((end - start - 1) / steps[i]) + 1 : 0;
            long[]? values = input.Rank == 1 && input.Values is { } all ? [.. Enumerable.Range(0, (int)count).Select(k => all[start + (k * steps[i])])] : null;
            output = With(output, axis, count) with { Values = values };
        }

        return new OnnxResult(output);
    }

    private static OnnxResult Gather(OnnxNode node)
    {
        TensorFact input = node.Input(0), indices = node.Input(1);
        int axis = node.Axis(node.Integer("axis", 0), input.Rank);
        long[] sizes = [.. input.Dimensions[..axis], .. indices.Dimensions, .. input.Dimensions[(axis + 1)..]];
        long[]? values = null;
        if (input is { Rank: 1, Values: { } all } && indices.Values is { } picked)
            values = [.. picked.Select(i => all[node.Axis(i, all.Length)])];
        return new OnnxResult(new TensorFact(sizes)
        {
            ElementType = input.ElementType,
            Values = values,
            ConstantRoot = indices.ConstantRoot is null ? null : input.ConstantRoot,
        });
    }

    private static OnnxResult Pad(OnnxNode node)
    {
        TensorFact input = node.Input(0);
        if (node.TryInput(3) is not null) throw node.Wrong("padding of chosen axes");
        long[] pads = node.IntegersOrInput("pads", 1) ?? throw node.Wrong("pads are missing");
        if (pads.Length != 2 * input.Rank) throw node.Wrong($"{pads.Length} margins for {input.Rank} axes");
        long[] sizes = [.. input.Dimensions.Select((size, axis) => checked(size + pads[axis] + pads[axis + input.Rank]))];
        return sizes.All(s => s > 0) ? new OnnxResult(input with { Dimensions = sizes, Values = null }) : throw node.Wrong("nothing is left");
    }

    private static OnnxResult Reduce(OnnxNode node)
    {
        TensorFact input = node.Input(0);
        long[] axes = node.IntegersOrInput("axes", 1) ?? [.. Enumerable.Range(0, input.Rank).Select(a => (long)a)];
        HashSet<int> gone = [.. axes.Select(a => node.Axis(a, input.Rank))];
        bool keep = node.Integer("keepdims", 1) != 0;
        var kept = new List<long>();
        for (int axis = 0; axis < input.Rank; axis++)
        {
            if (!gone.Contains(axis)) kept.Add(input.Dimensions[axis]);
            else if (keep) kept.Add(1);
        }

        var output = new TensorFact([.. kept]) { ElementType = input.ElementType, ConstantRoot = input.ConstantRoot };
        bool wholeGrid = node.Op == "ReduceMean" && input.Rank > 2 && input.ConstantRoot is null && gone.SetEquals(Enumerable.Range(2, input.Rank - 2));
        return new OnnxResult(output, wholeGrid ? WindowRules.GlobalPoolWork(input, output, average: true) : default);
    }

    private static OnnxResult DepthToSpace(OnnxNode node) => Blocks(node, (n, c, h, w, b) => checked([n, Exact(node, c, b * b), h * b, w * b]));

    private static OnnxResult SpaceToDepth(OnnxNode node) => Blocks(node, (n, c, h, w, b) => checked([n, c * b * b, Exact(node, h, b), Exact(node, w, b)]));

    private static OnnxResult Blocks(OnnxNode node, Func<long, long, long, long, long, long[]> sizes)
    {
        TensorFact input = node.Input(0);
        long block = node.Integer("blocksize", 0);
        if (input.Rank != 4 || block is < 1 or > 1 << 15) throw node.Wrong($"a block of {block} in {input.Rank} axes");
        long[] d = input.Dimensions;
        return new OnnxResult(input with { Dimensions = sizes(d[0], d[1], d[2], d[3], block) });
    }

    private static long Exact(OnnxNode node, long size, long divisor) => size % divisor == 0 ? size / divisor : throw node.Wrong($"{size} does not divide by {divisor}");

    private static TensorFact With(TensorFact fact, int axis, long size)
    {
        long[] sizes = [.. fact.Dimensions];
        sizes[axis] = size;
        return fact with { Dimensions = sizes, Values = null };
    }
}
