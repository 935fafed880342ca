using Fleetmark.Measurement.Launches;

namespace Fleetmark.Worker.Protocol;

/// <summary>The lines of standard input.</summary>
internal sealed class RequestLines(Stream input)
{
    private readonly byte[] _chunk = new byte[1 << 16];
    private readonly List<byte> _pending = [];
    private int _begin;
    private int _end;

    /// <summary>The next line without its line feed, cut one byte above the limit; null at the end of the input.</summary>
    internal byte[]? Next()
    {
        while (true)
        {
            ReadOnlySpan<byte> rest = _chunk.AsSpan(_begin, _end - _begin);
            int feed = rest.IndexOf((byte)'\n');
            Keep(feed < 0 ? rest : rest[..feed]);
            _begin = feed < 0 ? _end : _begin + feed + 1;
            if (feed >= 0)
            {
                byte[] line = [.. _pending];
                _pending.Clear();
                return line;
            }

            _begin = 0;
            _end = input.Read(_chunk);
            if (_end == 0) return null;
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        int room = WorkerProtocol.LineLimit + 1 - _pending.Count;
        _pending.AddRange(bytes[..Math.Min(bytes.Length, room)]);
    }
}
