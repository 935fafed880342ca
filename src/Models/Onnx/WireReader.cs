namespace Fleetmark.Models.Onnx;

/// <summary>Reads protobuf's primitives from a file and knows its place, so that large values are skipped instead of read.</summary>
internal sealed class WireReader(Stream source)
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private long _bufferStart;
    private int _next;
    private int _filled;

    /// <summary>Length of the file, in bytes.</summary>
    internal long Length { get; } = source.Length;

    /// <summary>Bytes read or skipped so far.</summary>
    internal long Position => _bufferStart + _next;

    /// <summary>The next byte, or null at the end.</summary>
    internal byte? Byte() => _next < _filled || Refill() ? _buffer[_next++] : null;

    /// <summary>A varint of at most ten bytes, or null when the file ends or the varint does not.</summary>
    internal ulong? Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (Byte() is not { } part) return null;
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }

        return null;
    }

    /// <summary>Exactly <paramref name="count"/> bytes, which the caller has checked to exist.</summary>
    internal byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int done = 0; done < count;)
        {
            if (_next == _filled && !Refill()) throw new EndOfStreamException();
            int part = Math.Min(count - done, _filled - _next);
            _buffer.AsSpan(_next, part).CopyTo(bytes.AsSpan(done));
            _next += part;
            done += part;
        }

        return bytes;
    }

    /// <summary>Moves forward without reading.</summary>
    internal void Skip(long count)
    {
        if (count <= _filled - _next)
        {
            _next += (int)count;
            return;
        }

        _bufferStart = Position + count;
        _next = _filled = 0;
        source.Position = _bufferStart;
    }

    private bool Refill()
    {
        _bufferStart += _filled;
        _next = 0;
        _filled = source.Read(_buffer);
        return _filled > 0;
    }
}
