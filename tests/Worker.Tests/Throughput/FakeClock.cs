using Fleetmark.Worker.Throughput;

namespace Fleetmark.Worker.Tests.Throughput;

/// <summary>A clock that stands until a call moves it.</summary>
internal sealed class FakeClock
{
    private long _now;

    internal long Now => Volatile.Read(ref _now);

    internal void Advance(long by) => Volatile.Write(ref _now, _now + by);

    /// <summary>The clock as loops read it.</summary>
    internal readonly struct Ticks(FakeClock clock) : ITicks
    {
        public long Now() => clock.Now;
    }
}
