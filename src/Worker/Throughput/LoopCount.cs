using System.Runtime.InteropServices;

namespace Fleetmark.Worker.Throughput;

/// <summary>How far a loop is, alone on its cache lines: neighbours would slow each other down. One loop writes it, others may read it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 192)]
internal struct LoopCount
{
    /// <summary>Odd while the two below are being written.</summary>
    [FieldOffset(64)]
    private long _version;

    [FieldOffset(72)]
    private long _calls;

    [FieldOffset(80)]
    private long _at;

    /// <summary>The loop begins.</summary>
    internal void Begin(long at) => Write(0, at);

    /// <summary>A call has ended.</summary>
    internal void Completed(long at) => Write(_calls + 1, at);

    /// <summary>Calls that were completed, and when the last of them ended.</summary>
    internal (long Calls, long At) Read()
    {
        while (true)
        {
            long version = Volatile.Read(ref _version);
            (long Calls, long At) read = (Volatile.Read(ref _calls), Volatile.Read(ref _at));
            if (version % 2 == 0 && Volatile.Read(ref _version) == version) return read;
        }
    }

    private void Write(long calls, long at)
    {
        Volatile.Write(ref _version, _version + 1);
        Volatile.Write(ref _calls, calls);
        Volatile.Write(ref _at, at);
        Volatile.Write(ref _version, _version + 1);
    }
}
