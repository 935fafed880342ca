using System.Buffers.Binary;
using Fleetmark.Models.Onnx;

namespace Fleetmark.Models.Counts;

/// <summary>What initializers and Constant nodes tell without their large data.</summary>
internal static class OnnxConstants
{
    /// <summary>The fact of a stored tensor.</summary>
    internal static TensorFact Fact(TensorProto tensor, string root) => new([.. tensor.Dims])
    {
        ElementType = tensor.DataType,
        ConstantRoot = root,
        Values = Values(tensor),
    };

    /// <summary>Whole numbers known by value.</summary>
    internal static TensorFact Whole(long[] values, long[] dimensions) => new(dimensions)
    {
        ElementType = (int)ElementType.Int64,
        ConstantRoot = "",
        Values = values,
    };

    /// <summary>A name for the values of a Constant node that no initializer has: a tensor's name is unique in a graph.</summary>
    internal static string RootOf(OnnxNode node) => node.FirstOutput;

    private static long[]? Values(TensorProto tensor)
    {
        long count = tensor.Dims.Count == 0 ? 1 : tensor.Dims.Count == 1 ? tensor.Dims[0] : long.MaxValue;
        if (count is < 0 or > TensorFact.MaximumValues) return null;
        ReadOnlySpan<byte> raw = tensor.RawData.Span;
        long[] values = new long[count];
        switch ((ElementType)tensor.DataType)
        {
            case ElementType.Int64 when tensor.Int64Data.Count == count:
                return [.. tensor.Int64Data];
            case ElementType.Int32 when tensor.Int32Data.Count == count:
                return [.. tensor.Int32Data.Select(v => (long)v)];
            case ElementType.Int64 when raw.Length == count * sizeof(long):
                for (int i = 0; i < count; i++) values[i] = BinaryPrimitives.ReadInt64LittleEndian(raw[(i * sizeof(long))..]);
                return values;
            case ElementType.Int32 when raw.Length == count * sizeof(int):
                for (int i = 0; i < count; i++) values[i] = BinaryPrimitives.ReadInt32LittleEndian(raw[(i * sizeof(int))..]);
                return values;
            default:
                return null;
        }
    }
}
