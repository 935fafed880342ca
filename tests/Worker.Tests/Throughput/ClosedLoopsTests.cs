using Fleetmark.Measurement.Samples;
using Fleetmark.Measurement.Sampling;
using Fleetmark.Measurement.Statistics;
using Fleetmark.Worker.Throughput;

namespace Fleetmark.Worker.Tests.Throughput;

/// <summary>
/// Loops whose calls wait for each other: a call ends only when every loop is inside one, and each such meeting moves the clock by the length of a call. So they get on only
/// when they really call at once, and their counts are exact.
/// </summary>
public sealed class ClosedLoopsTests
{
    private const long CallNs = 1_000;
    private const int GateAt = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1, 0, 20)]
    [InlineData(2, 0, 20)]
    [InlineData(5, 0, 20)]
    [InlineData(2, 500, 19)]
    public void All_loops_call_at_once_and_only_whole_calls_of_the_window_count(int loopCount, long shift, int expected)
    {
        using var meeting = new Meeting(loopCount);
        using var loops = new ClosedLoops<MeetingCall, FakeClock.Ticks>([.. Enumerable.Repeat(new MeetingCall(meeting), loopCount)], new FakeClock.Ticks(meeting.Clock));
        Assert.True(meeting.AtGate.Wait(Patience, TestContext.Current.CancellationToken), "the loops never met: they do not call at once");
        long start = meeting.Clock.Now + (5 * CallNs) + shift;
        var window = new CommonWindow(start, start + (20 * CallNs), 1, [.. Enumerable.Range(0, loopCount).Select(_ => new long[64])]);

        loops.Open(window);
        meeting.Go.Set();
        IReadOnlyList<LoopSamples> samples = loops.Finish(TestContext.Current.CancellationToken);

        long begin = shift == 0 ? start : start + CallNs - shift;
        Assert.All(samples, loop => Assert.Equal((begin, expected, false), (loop.Begin, loop.Count, loop.IsFull)));
        Assert.All(window.Memory, memory => Assert.Equal([.. Enumerable.Repeat(CallNs, expected), 0], memory[..(expected + 1)]));
        var set = new SampleSet([.. window.Memory.SelectMany(memory => memory[..expected])], 1) { Streams = [.. samples.Select(loop => loop.Count)] };
        RateSummary rate = RateSummary.Of(set, batch: 4, window.Start, window.End, null);
        Assert.Equal(loopCount * expected * 4 / (20 * CallNs * 1e-9), rate.PerS, 1e-3);
        Assert.True(meeting.WasComplete);
    }

    [Fact]
    public void A_call_that_fails_ends_all_loops_with_its_exception()
    {
        using var loops = new ClosedLoops<FailingCall, MonotonicTicks>([new FailingCall(fails: false), new FailingCall(fails: true)], default);

        Assert.Equal("scripted", Assert.Throws<InvalidOperationException>(() => loops.Run(Patience, TestContext.Current.CancellationToken)).Message);
    }

    [Fact]
    public void Loops_that_are_given_up_end()
    {
        using var cancelled = new CancellationTokenSource();
        var loops = new ClosedLoops<FailingCall, MonotonicTicks>([new FailingCall(fails: false), new FailingCall(fails: false)], default);
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => loops.Run(TimeSpan.FromSeconds(1), cancelled.Token));
        loops.Dispose();
        (long Calls, long At)[] ended = [.. loops.Progress()];
        Assert.Equal(ended, loops.Progress());
    }

    /// <summary>The place where the calls of all loops meet.</summary>
    private sealed class Meeting : IDisposable
    {
        private readonly Barrier _barrier;
        private bool _wasComplete = true;

        internal Meeting(int loops) => _barrier = new Barrier(loops, barrier =>
        {
            if (barrier.CurrentPhaseNumber == GateAt)
            {
                AtGate.Set();
                Go.Wait(Patience, TestContext.Current.CancellationToken);
            }

            Clock.Advance(CallNs);
        });

        internal FakeClock Clock { get; } = new();

        internal ManualResetEventSlim AtGate { get; } = new();

        internal ManualResetEventSlim Go { get; } = new();

        internal bool WasComplete => Volatile.Read(ref _wasComplete);

        internal void Meet()
        {
            if (!_barrier.SignalAndWait(Patience, TestContext.Current.CancellationToken)) Volatile.Write(ref _wasComplete, false);
        }

        public void Dispose()
        {
            _barrier.Dispose();
            AtGate.Dispose();
            Go.Dispose();
        }
    }

    private readonly struct MeetingCall(Meeting meeting) : ITimedCall
    {
        public void Invoke() => meeting.Meet();
    }

    private readonly struct FailingCall(bool fails) : ITimedCall
    {
        public void Invoke()
        {
            if (fails) throw new InvalidOperationException("scripted");
        }
    }
}
