using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;

namespace Fleetmark.Measurement.Samples;

/// <summary>
/// The only encoding of samples, version 1: 24 bytes of header (<c>FMS1</c>, version, shift, body encoding, 0, n, calls per sample, CRC-32C of bytes 4 to
/// 15 and the byte planes, body length; little endian), then the byte planes of the n values: all lowest bytes, then the second, third, highest; as Brotli, or plain where that does not shrink.
/// A value is the elapsed time in units of 2^shift ns, rounded to nearest.
/// </summary>
public static class SampleCodec
{
    /// <summary>Version of the format.</summary>
    public const int Version = 1;

    /// <summary>Most samples of a series.</summary>
    public const int MaximumCount = 10_000_000;

    /// <summary>Longest sample: 2^40 - 129 ns, about 18 minutes; anything above rounds out of range.</summary>
    public const long MaximumNanoseconds = (1L << 40) - 129;

    private const int MagicLength = 4;
    private const int ChecksumOffset = 16;
    private const int HeaderLength = 24;
    private const int Quality = 5;
    private const int Window = 22;
    private const byte BrotliBody = 0;
    private const byte PlainBody = 1;
    private static readonly byte[] Shifts = [0, 4, 8];

    /// <summary>Encodes samples.</summary>
    /// <param name="nanoseconds">Elapsed time of each sample, 0 to <see cref="MaximumNanoseconds"/>; at most <see cref="MaximumCount"/> of them.</param>
    /// <param name="callsPerSample">Calls timed as one sample, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static byte[] Encode(ReadOnlySpan<long> nanoseconds, int callsPerSample)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nanoseconds.Length, MaximumCount, nameof(nanoseconds));
        ArgumentOutOfRangeException.ThrowIfLessThan(callsPerSample, 1);
        int shift = ShiftFor(nanoseconds);
        byte[] planes = Split(nanoseconds, shift);
        byte[] result = new byte[HeaderLength + planes.Length];
        bool shrunk = BrotliEncoder.TryCompress(planes, result.AsSpan(HeaderLength), out int bodyLength, Quality, Window) && bodyLength < planes.Length;
        if (!shrunk)
        {
            planes.CopyTo(result, HeaderLength);
            bodyLength = planes.Length;
        }

        Span<byte> header = result;
        "FMS1"u8.CopyTo(header);
        header[4] = Version;
        header[5] = (byte)shift;
        header[6] = shrunk ? BrotliBody : PlainBody;
        header[7] = 0;
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], nanoseconds.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], callsPerSample);
        BinaryPrimitives.WriteUInt32LittleEndian(header[ChecksumOffset..], Checksum(header, planes));
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], bodyLength);
        Array.Resize(ref result, HeaderLength + bodyLength);
        return result;
    }

    /// <summary>Decodes samples; memory is bounded by the count in the header, which is checked first.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such series; the message names what is wrong.</exception>
    public static SampleSet Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength) throw Wrong($"{bytes.Length} bytes are fewer than the header's {HeaderLength}");
        if (!bytes.StartsWith("FMS1"u8)) throw Wrong("it does not begin with FMS1");
        if (bytes[4] != Version) throw Wrong($"version {bytes[4]} is not {Version}");
        int shift = bytes[5];
        if (!Shifts.Contains(bytes[5])) throw Wrong($"shift {shift} is none of 0, 4, 8");
        if (bytes[6] is not (BrotliBody or PlainBody)) throw Wrong($"body encoding {bytes[6]} is neither 0 nor 1");
        if (bytes[7] != 0) throw Wrong($"byte 7 is {bytes[7]}, not 0");
        int count = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (count is < 0 or > MaximumCount) throw Wrong($"count {(uint)count} is above {MaximumCount}");
        int calls = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        if (calls < 1) throw Wrong($"calls per sample {calls} is below 1");
        int bodyLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]);
        ReadOnlySpan<byte> body = bytes[HeaderLength..];
        if (bodyLength != body.Length) throw Wrong($"body length {(uint)bodyLength} does not match the {body.Length} bytes that follow");
        byte[] planes = Expand(body, bytes[6] == BrotliBody, 4 * count);
        if (Checksum(bytes, planes) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumOffset..])) throw Wrong("the checksum differs");
        return new SampleSet(Join(planes, count, shift), calls);
    }

    private static int ShiftFor(ReadOnlySpan<long> nanoseconds)
    {
        long largest = 0;
        foreach (long value in nanoseconds)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(nanoseconds));
            largest = Math.Max(largest, value);
        }

        foreach (byte shift in Shifts)
            if (Units(largest, shift) <= uint.MaxValue) return shift;
        throw new ArgumentOutOfRangeException(nameof(nanoseconds), largest, $"a sample is longer than {MaximumNanoseconds} ns");
    }

    private static long Units(long nanoseconds, int shift) => shift == 0 ? nanoseconds : ((nanoseconds >> (shift - 1)) + 1) >> 1;

    private static byte[] Split(ReadOnlySpan<long> nanoseconds, int shift)
    {
        int n = nanoseconds.Length;
        byte[] planes = new byte[4 * n];
        for (int i = 0; i < n; i++)
        {
            uint units = (uint)Units(nanoseconds[i], shift);
            planes[i] = (byte)units;
            planes[n + i] = (byte)(units >> 8);
            planes[(2 * n) + i] = (byte)(units >> 16);
            planes[(3 * n) + i] = (byte)(units >> 24);
        }

        return planes;
    }

    private static long[] Join(byte[] planes, int n, int shift)
    {
        long[] values = new long[n];
        uint largest = 0;
        for (int i = 0; i < n; i++)
        {
            uint units = planes[i] | ((uint)planes[n + i] << 8) | ((uint)planes[(2 * n) + i] << 16) | ((uint)planes[(3 * n) + i] << 24);
            largest = Math.Max(largest, units);
            values[i] = (long)units << shift;
        }

        // One series has one encoding of its values: a coarser unit than needed would be a loss nobody asked for.
        if (shift > 0 && largest < 1u << 28) throw Wrong($"shift {shift} is larger than the values need");
        return values;
    }

    private static byte[] Expand(ReadOnlySpan<byte> body, bool brotli, int length)
    {
        if (!brotli)
        {
            if (body.Length != length) throw Wrong($"a plain body of {body.Length} bytes does not hold {length / 4} values");
            return body.ToArray();
        }

        byte[] planes = new byte[length];
        using var decoder = default(BrotliDecoder);
        OperationStatus status = decoder.Decompress(body, planes, out int consumed, out int written);
        if (status != OperationStatus.Done) throw Wrong($"the Brotli body ends in {status}");
        if (consumed != body.Length) throw Wrong($"{body.Length - consumed} bytes follow the Brotli body");
        if (written != length) throw Wrong($"the Brotli body holds {written} bytes, not {length}");
        return planes;
    }

    /// <summary>The header is part of it: a flipped bit in the unit or in the calls per sample would scale every value and look like a measurement.</summary>
    private static uint Checksum(ReadOnlySpan<byte> header, ReadOnlySpan<byte> planes) => ~Crc32C(Crc32C(uint.MaxValue, header[MagicLength..ChecksumOffset]), planes);

    private static uint Crc32C(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes) crc = BitOperations.Crc32C(crc, value);
        return crc;
    }

    private static InvalidDataException Wrong(string what) => new($"no sample series: {what}");
}
