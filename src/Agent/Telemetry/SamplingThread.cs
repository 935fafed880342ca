using System.Diagnostics.CodeAnalysis;

namespace Fleetmark.Agent.Telemetry;

/// <summary>
/// Does one thing ten times a second on a thread of its own, away from the cores of a worker: the pool's threads may run on them. Begins at once; disposing it lets it do
/// the thing a last time and waits for that.
/// </summary>
internal sealed class SamplingThread : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly AutoResetEvent _awake = new(initialState: false);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _timer;
    private volatile bool _isEnding;

    /// <param name="name">Name of the thread.</param>
    /// <param name="avoid">Cores it keeps off.</param>
    /// <param name="clock">Says when a tenth of a second is over.</param>
    /// <param name="sample">The thing; gets the number of times it was done before.</param>
    internal SamplingThread(string name, LaunchCores avoid, TimeProvider clock, Action<int> sample)
    {
        _timer = clock.CreateTimer(_ => Wake(), null, Interval, Interval);
        new Thread(() => Run(avoid, sample)) { Name = name, IsBackground = true }.Start();
    }

    /// <summary>Completes when the thing was done for the first time.</summary>
    internal Task Begun => _begun.Task;

    /// <summary>Does the thing once more now, outside the beat.</summary>
    internal void Wake()
    {
        // A timer may ring once more while it is disposed; the event stays usable.
        if (!_isEnding) _awake.Set();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isEnding)
        {
            await _timer.DisposeAsync();
            _isEnding = true;
            _awake.Set();
        }

        await _ended.Task;
        _awake.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "The boundary of the thread: a defect is thrown where its work is awaited, instead of ending the process.")]
    private void Run(LaunchCores avoid, Action<int> sample)
    {
        try
        {
            ThreadAffinity.KeepOff(avoid.Own);
            ThreadAffinity.KeepOff(avoid.Others);
            for (int tick = 0; ; tick++)
            {
                bool isLast = _isEnding;
                sample(tick);
                _begun.TrySetResult();
                if (isLast) break;
                _awake.WaitOne();
            }

            _ended.SetResult();
        }
        catch (Exception e)
        {
            _begun.TrySetException(e);
            _ended.SetException(e);
        }
    }
}
