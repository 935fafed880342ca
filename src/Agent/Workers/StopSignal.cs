namespace Fleetmark.Agent.Workers;

/// <summary>Asks one attempt to stop. The first reason stands; a later request can only make it faster.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _requested = new();
    private bool _isDisposed;
    private TaskCompletionSource _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Why; null while nobody asked.</summary>
    internal StopReason? Reason { get; private set; }

    /// <summary>How, as last asked; null while nobody asked.</summary>
    internal Ladder? Ladder { get; private set; }

    /// <summary>Cancelled with the first request.</summary>
    internal CancellationToken Token => _requested.Token;

    /// <summary>Completes at the next request.</summary>
    internal Task Raised
    {
        get
        {
            lock (_gate) return _raised.Task;
        }
    }

    internal void Raise(StopReason reason, Ladder ladder)
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            Reason ??= reason;
            Ladder = ladder;
            _raised.SetResult();
            _raised = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _ = _requested.CancelAsync();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _requested.Dispose();
        }
    }
}
