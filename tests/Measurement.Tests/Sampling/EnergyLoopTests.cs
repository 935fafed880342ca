using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Sampling;

namespace Fleetmark.Measurement.Tests.Sampling;

[Collection(typeof(UndisturbedHeap))]
public sealed class EnergyLoopTests
{
    private static readonly EnergySettings Short = new() { MinMs = 20 };

    [Fact]
    public void The_loop_lasts_as_long_as_it_was_asked_to_and_counts_its_calls()
    {
        var call = new CountedCall(new int[1]);
        EnergyReport loop = EnergyLoop.Run(ref call, Short, new SampleBuffer(10), 1000, new Bursts());
        Assert.Equal(call.Calls, loop.Calls);
        Assert.True(loop.End - loop.Start >= 20_000_000, $"{loop.End - loop.Start} ns");
    }

    [Fact]
    public void A_call_that_is_longer_than_the_loop_is_made_once()
    {
        var call = new CountedCall(new int[1]);
        Assert.Equal(1, EnergyLoop.Run(ref call, new EnergySettings { MinMs = 0 }, new SampleBuffer(10), 60_000_000_000, new Bursts()).Calls);
    }

    [Fact]
    public void The_samples_of_the_window_stay_as_they_are()
    {
        var call = new CountedCall(new int[1]);
        var buffer = new SampleBuffer(200);
        SamplingWindow window = Sampler.Run(ref call, new SamplingSettings { MinMs = 0, MinCount = 200, MaxMs = 10_000, MaxCount = 200, FloorCount = 3, HalfWidth = 100 }, buffer, 1000, 1, new Bursts());
        long[] before = [.. buffer.Elapsed];
        EnergyLoop.Run(ref call, Short, buffer, 1000, new Bursts());
        Assert.Equal(before, buffer.Elapsed);
        Assert.Equal(before, window.Nanoseconds);
    }

    [Fact]
    public void Nothing_is_allocated_for_a_burst()
    {
        var call = new CountedCall(new int[1]);
        var buffer = new SampleBuffer(10);
        var bursts = new Allocations();
        EnergyLoop.Run(ref call, Short, buffer, 1000, bursts);
        // One burst ends, the observer gets its message, the next one begins.
        Assert.All(bursts.Bytes.Skip(1), bytes => Assert.InRange(bytes, 0, Allocations.OfTheMessage));
    }

    [Fact]
    public void Cancel_between_bursts_leaves_the_loop()
    {
        var call = new CountedCall(new int[1]);
        Assert.Throws<OperationCanceledException>(() => EnergyLoop.Run(ref call, new EnergySettings { MinMs = 60_000 }, new SampleBuffer(10), 1000, new Bursts(cancelAt: 1)));
    }

    /// <summary>What is allocated from one look to the next.</summary>
    private sealed class Allocations : IBurstObserver
    {
        /// <summary>A <see cref="BurstProgress"/>, generously.</summary>
        internal const long OfTheMessage = 128;

        private readonly List<long> _between = new(1 << 20);
        private long _before = GC.GetAllocatedBytesForCurrentThread();

        internal IReadOnlyList<long> Bytes => _between;

        public void Between(BurstProgress progress)
        {
            _between.Add(GC.GetAllocatedBytesForCurrentThread() - _before);
            _before = GC.GetAllocatedBytesForCurrentThread();
        }
    }
}
