using System.Buffers.Binary;
using CsCheck;
using Fleetmark.Models.Onnx;
using Fleetmark.Models.Precision;
using Google.Protobuf;

namespace Fleetmark.Models.Tests.Precision;

public sealed class HalfRoundingTests
{
    /// <summary>All finite values of FP16 that are not negative, ascending; the index is the bit pattern.</summary>
    private static readonly double[] Grid = [.. Enumerable.Range(0, 0x7C00).Select(bits => (double)BitConverter.UInt16BitsToHalf((ushort)bits))];

    [Fact]
    public void Every_exponent_rounds_to_the_nearest_and_halfway_to_the_even_one()
    {
        var rounding = new HalfRounding();
        for (int exponent = 0; exponent < 255; exponent++)
            foreach (int mantissa in (int[])[0, 1, 0xFFF, 0x1000, 0x1001, 0x2FFF, 0x3000, 0x3001, 0x400000, 0x7FEFFF, 0x7FF000, 0x7FFFFF])
                foreach (int sign in (int[])[0, 1])
                    Check(rounding, BitConverter.Int32BitsToSingle((sign << 31) | (exponent << 23) | mantissa));
    }

    [Fact]
    public void Random_values_round_like_a_search_in_the_list_of_all_FP16_values() =>
        Gen.UInt.Where(bits => (bits & 0x7F80_0000) != 0x7F80_0000).Sample(bits => Check(new HalfRounding(), BitConverter.UInt32BitsToSingle(bits)));

    [Fact]
    public void Random_values_of_the_size_of_weights_round_so_too() => Gen.Float[-70000, 70000].Sample(value => Check(new HalfRounding(), value));

    [Theory]
    [InlineData(65504f, 0x7BFF, 0, 0, 0)]
    [InlineData(65519.996f, 0x7BFF, 0, 0, 0)]
    [InlineData(65520f, 0x7BFF, 1, 0, 0)]
    [InlineData(-1e30f, 0xFBFF, 1, 0, 0)]
    [InlineData(float.PositiveInfinity, 0x7C00, 0, 0, 0)]
    [InlineData(float.NegativeInfinity, 0xFC00, 0, 0, 0)]
    [InlineData(float.NaN, 0x7E00, 0, 0, 0)]
    [InlineData(1e-8f, 0x0000, 0, 1, 0)]
    [InlineData(-1e-8f, 0x8000, 0, 1, 0)]
    [InlineData(6e-8f, 0x0001, 0, 0, 1)]
    [InlineData(6.1035156e-05f, 0x0400, 0, 0, 0)]
    [InlineData(6.0975552e-05f, 0x03FF, 0, 0, 1)]
    [InlineData(0f, 0x0000, 0, 0, 0)]
    [InlineData(-0f, 0x8000, 0, 0, 0)]
    public void What_does_not_fit_is_saturated_flushed_or_subnormal_and_counted(float value, int bits, int saturated, int flushed, int subnormal)
    {
        var rounding = new HalfRounding();
        Assert.Equal((ushort)bits, rounding.Round(value));
        Assert.Equal((saturated, flushed, subnormal), ((int)rounding.Saturated, (int)rounding.Flushed, (int)rounding.Subnormal));
    }

    [Fact]
    public void Raw_and_typed_data_give_the_same_tensor()
    {
        float[] values = [1.5f, -2, 70000, 1e-9f, 3.14159f];
        byte[] raw = new byte[values.Length * 4];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * 4), values[i]);
        TensorProto typed = TestGraph.Tensor("w", [5], values), packed = new() { Name = "w", Dims = { 5 }, DataType = (int)ElementType.Float, RawData = ByteString.CopyFrom(raw) };
        var rounding = new HalfRounding();
        rounding.Round(typed);
        rounding.Round(packed);
        Assert.Equal(typed, packed);
        Assert.Equal((int)ElementType.Float16, typed.DataType);
        Assert.Equal(10, typed.RawData.Length);
        Assert.Empty(typed.FloatData);
        Assert.Equal((2, 10L, 2L, 2L), (rounding.Tensors, rounding.Values, rounding.Saturated, rounding.Flushed));
    }

    private static void Check(HalfRounding rounding, float value)
    {
        ushort found = rounding.Round(value);
        double size = Math.Abs((double)value);
        int above = Array.BinarySearch(Grid, size);
        int expected = above >= 0 ? above : Nearest(size, ~above);
        Assert.Equal(expected | (float.IsNegative(value) ? 0x8000 : 0), found);
    }

    private static int Nearest(double size, int above)
    {
        if (above == Grid.Length) return above - 1;
        double up = Grid[above] - size, down = size - Grid[above - 1];
        return up < down || (up == down && above % 2 == 0) ? above : above - 1;
    }
}
