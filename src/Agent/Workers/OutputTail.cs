using System.Text;

namespace Fleetmark.Agent.Workers;

/// <summary>The last 64 KiB of a stream, read until it ends.</summary>
internal sealed class OutputTail
{
    /// <summary>Bytes that are kept.</summary>
    internal const int Capacity = 64 << 10;

    private readonly Lock _gate = new();
    private readonly byte[] _ring = new byte[Capacity];
    private long _written;

    /// <summary>Reads to the end; a broken pipe is an end too.</summary>
    internal async Task FillAsync(Stream stream)
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var count) Add(buffer.AsSpan(0, count));
        }
        catch (IOException)
        {
            // The process is gone; what came before stays.
        }
    }

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Capacity) bytes = bytes[^Capacity..];
        lock (_gate)
        {
            int at = (int)(_written % Capacity);
            int first = Math.Min(bytes.Length, Capacity - at);
            bytes[..first].CopyTo(_ring.AsSpan(at));
            bytes[first..].CopyTo(_ring);
            _written += bytes.Length;
        }
    }

    /// <summary>What is kept, as text; bytes that are no UTF-8 become replacement characters.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            int at = (int)(_written % Capacity);
            return _written <= Capacity
                ? Encoding.UTF8.GetString(_ring, 0, (int)_written)
                : Encoding.UTF8.GetString([.. _ring.AsSpan(at), .. _ring.AsSpan(0, at)]);
        }
    }
}
