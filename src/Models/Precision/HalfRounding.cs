using System.Buffers.Binary;
using Fleetmark.Models.Onnx;
using Google.Protobuf;

namespace Fleetmark.Models.Precision;

/// <summary>Rounds constants to FP16 and counts what they lost: to nearest, ties to even; saturated at ±65504; subnormals kept. Infinities stay, every NaN becomes one.</summary>
internal sealed class HalfRounding
{
    /// <summary>One NaN for all: the payload of others would depend on the processor.</summary>
    private const ushort NotANumber = 0x7E00;

    internal int Tensors { get; private set; }

    internal long Values { get; private set; }

    internal long Saturated { get; private set; }

    internal long Flushed { get; private set; }

    internal long Subnormal { get; private set; }

    /// <summary>Makes a FLOAT tensor a FLOAT16 one; name, sizes and unknown fields stay.</summary>
    internal void Round(TensorProto tensor)
    {
        byte[] halves;
        if (tensor.FloatData.Count > 0)
        {
            halves = new byte[tensor.FloatData.Count * sizeof(ushort)];
            for (int i = 0; i < tensor.FloatData.Count; i++) Write(halves, i, tensor.FloatData[i]);
            tensor.FloatData.Clear();
        }
        else
        {
            ReadOnlySpan<byte> raw = tensor.RawData.Span;
            halves = new byte[raw.Length / sizeof(float) * sizeof(ushort)];
            for (int i = 0; i < halves.Length / sizeof(ushort); i++) Write(halves, i, BinaryPrimitives.ReadSingleLittleEndian(raw[(i * sizeof(float))..]));
        }

        tensor.DataType = (int)ElementType.Float16;
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(halves);
        Tensors++;
        Values += halves.Length / sizeof(ushort);
    }

    /// <summary>The bits of a value in FP16.</summary>
    internal ushort Round(float value)
    {
        if (float.IsNaN(value)) return NotANumber;
        Half half = (Half)value;
        if (Half.IsInfinity(half) && float.IsFinite(value))
        {
            Saturated++;
            half = value > 0 ? Half.MaxValue : Half.MinValue;
        }
        else if (half == Half.Zero && value != 0)
        {
            Flushed++;
        }
        else if (Half.IsSubnormal(half))
        {
            Subnormal++;
        }

        return BitConverter.HalfToUInt16Bits(half);
    }

    private void Write(Span<byte> halves, int index, float value) => BinaryPrimitives.WriteUInt16LittleEndian(halves[(index * sizeof(ushort))..], Round(value));
}
