using System.Runtime.ExceptionServices;
using Fleetmark.Measurement.Sampling;

namespace Fleetmark.Worker.Throughput;

/// <summary>Closed loops that call at once, each on a thread of its own: warm from the start until there is a window, timed in it, then over.</summary>
/// <typeparam name="TCall">A struct that does not allocate.</typeparam>
/// <typeparam name="TTicks">The clock.</typeparam>
internal sealed class ClosedLoops<TCall, TTicks> : IDisposable
    where TCall : struct, ITimedCall
    where TTicks : struct, ITicks
{
    private readonly TCall[] _calls;
    private readonly TTicks _ticks;
    private readonly LoopCount[] _counts;
    private readonly LoopSamples[] _samples;
    private readonly Barrier _together;
    private readonly Task[] _loops;
    private CommonWindow? _window;

    /// <summary>Starts the loops; none calls before all are there, and this one sees them begin.</summary>
    /// <param name="calls">The call of each loop.</param>
    /// <param name="ticks">The clock.</param>
    internal ClosedLoops(IReadOnlyList<TCall> calls, TTicks ticks)
    {
        _calls = [.. calls];
        _ticks = ticks;
        _counts = new LoopCount[calls.Count];
        _samples = new LoopSamples[calls.Count];
        _together = new Barrier(calls.Count + 1);
        // A thread of its own for each; it inherits the cores this one is pinned to.
        _loops = [.. Enumerable.Range(0, calls.Count).Select(loop => Task.Factory.StartNew(() => Loop(loop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        _together.SignalAndWait();
    }

    /// <summary>Number of loops.</summary>
    internal int Count => _calls.Length;

    /// <summary>Calls of each loop before the window, and when the last of them ended.</summary>
    internal IReadOnlyList<(long Calls, long At)> Progress()
    {
        var progress = new (long Calls, long At)[_counts.Length];
        for (int loop = 0; loop < progress.Length; loop++) progress[loop] = _counts[loop].Read();
        return progress;
    }

    /// <summary>Lets the loops run for a time.</summary>
    /// <exception cref="OperationCanceledException">The launch was cancelled.</exception>
    internal void Run(TimeSpan time, CancellationToken cancel)
    {
        // No loop ends before the window but by an exception.
        if (Task.WaitAny(_loops, (int)Math.Max(1, time.TotalMilliseconds), cancel) < 0) return;
        Open(CommonWindow.None);
        Finish(cancel);
    }

    /// <summary>Opens the window; a loop sees it after its current call.</summary>
    internal void Open(CommonWindow window) => Volatile.Write(ref _window, window);

    /// <summary>Waits until all loops are over, which they are after the window.</summary>
    /// <returns>What each left in its memory.</returns>
    /// <exception cref="OperationCanceledException">The launch was cancelled.</exception>
    internal IReadOnlyList<LoopSamples> Finish(CancellationToken cancel)
    {
        try
        {
            Task.WaitAll(_loops, cancel);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return _samples;
    }

    /// <summary>Waits until no loop calls any more; whatever ended them has been told, or is on its way.</summary>
    public void Dispose()
    {
        Interlocked.CompareExchange(ref _window, CommonWindow.None, null);
        Task.WaitAny(Task.WhenAll(_loops));
        _together.Dispose();
    }

    private void Loop(int number)
    {
        TCall call = _calls[number];
        _counts[number].Begin(_ticks.Now());
        _together.SignalAndWait();
        CommonWindow window = ClosedLoop.WarmUp(ref call, _ticks, ref _counts[number], ref _window);
        if (window.Memory.Count > 0) _samples[number] = ClosedLoop.Time(ref call, _ticks, window, window.Memory[number]);
    }
}
