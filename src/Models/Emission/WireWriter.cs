using Google.Protobuf;

namespace Fleetmark.Models.Emission;

/// <summary>
/// Frames protobuf messages whose body is written piece by piece. The library writes a message from one object, which for a tensor of
/// half a gigabyte means half a gigabyte of memory.
/// </summary>
internal sealed class WireWriter(Stream target)
{
    /// <summary>A varint field.</summary>
    internal void Integer(int field, ulong value)
    {
        Varint(((ulong)field << 3) | (ulong)WireFormat.WireType.Varint);
        Varint(value);
    }

    /// <summary>A whole message as a field.</summary>
    internal void Message(int field, IMessage message) => Bytes(field, message.ToByteArray());

    /// <summary>A text or bytes field.</summary>
    internal void Bytes(int field, ReadOnlySpan<byte> body)
    {
        Open(field, body.Length);
        target.Write(body);
    }

    /// <summary>Starts a field of <paramref name="length"/> bytes that the caller writes next.</summary>
    internal void Open(int field, long length)
    {
        Varint(((ulong)field << 3) | (ulong)WireFormat.WireType.LengthDelimited);
        Varint((ulong)length);
    }

    /// <summary>Bytes without a frame.</summary>
    internal void Raw(ReadOnlySpan<byte> bytes) => target.Write(bytes);

    /// <summary>Size of a length-delimited field with its frame.</summary>
    internal static long Size(int field, long length) => VarintSize((ulong)field << 3) + VarintSize((ulong)length) + length;

    /// <summary>Size of a varint field.</summary>
    internal static long IntegerSize(int field, ulong value) => VarintSize((ulong)field << 3) + VarintSize(value);

    private static int VarintSize(ulong value) => value == 0 ? 1 : (63 - System.Numerics.BitOperations.LeadingZeroCount(value)) / 7 + 1;

    private void Varint(ulong value)
    {
        Span<byte> bytes = stackalloc byte[10];
        int count = 0;
        while (value >= 0x80)
        {
            bytes[count++] = (byte)(value | 0x80);
            value >>= 7;
        }

        bytes[count++] = (byte)value;
        target.Write(bytes[..count]);
    }
}
