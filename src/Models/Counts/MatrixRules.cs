namespace Fleetmark.Models.Counts;

/// <summary>Matrix products.</summary>
internal static class MatrixRules
{
    internal static readonly Dictionary<string, Func<OnnxNode, OnnxResult>> Rules = new(StringComparer.Ordinal)
    {
        ["Gemm"] = Gemm,
        ["MatMul"] = MatMul,
    };

    private static OnnxResult Gemm(OnnxNode node)
    {
        TensorFact a = node.Input(0), b = node.Input(1);
        if (a.Rank != 2 || b.Rank != 2) throw node.Wrong($"expected two matrices, found {a.Rank} and {b.Rank} axes");
        (long rows, long inner) = node.Integer("transA", 0) == 0 ? (a.Dimensions[0], a.Dimensions[1]) : (a.Dimensions[1], a.Dimensions[0]);
        (long depth, long columns) = node.Integer("transB", 0) == 0 ? (b.Dimensions[0], b.Dimensions[1]) : (b.Dimensions[1], b.Dimensions[0]);
        if (inner != depth) throw node.Wrong($"a row of {inner} values meets a column of {depth}");
        var work = new NodeWork
        {
            MatrixMacs = TensorFact.Product([rows, inner, columns]),
            Weights = checked(node.Learnt(a) + node.Learnt(b)),
            Biases = node.Learnt(node.TryInput(2)),
        };
        return new OnnxResult(new TensorFact([rows, columns]), work);
    }

    private static OnnxResult MatMul(OnnxNode node)
    {
        TensorFact left = node.Input(0), right = node.Input(1);
        if (left.Rank == 0 || right.Rank == 0) throw node.Wrong("a factor without axes");
        long[] a = left.Rank == 1 ? [1, .. left.Dimensions] : left.Dimensions;
        long[] b = right.Rank == 1 ? [.. right.Dimensions, 1] : right.Dimensions;
        if (a[^1] != b[^2]) throw node.Wrong($"a row of {a[^1]} values meets a column of {b[^2]}");
        long[] batch = ElementwiseRules.Broadcast(node, a[..^2], b[..^2]);
        long macs = checked(TensorFact.Product(batch) * TensorFact.Product([a[^2], a[^1], b[^1]]));
        long[] output = [.. batch, .. left.Rank == 1 ? [] : a[^2..^1], .. right.Rank == 1 ? [] : b[^1..]];
        return new OnnxResult(new TensorFact(output), new NodeWork { MatrixMacs = macs, Weights = checked(node.Learnt(left) + node.Learnt(right)) });
    }
}
