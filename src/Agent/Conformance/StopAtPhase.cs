using Fleetmark.Agent.Workers;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Conformance;

/// <summary>Asks a worker to stop in the middle of a launch: when it enters a phase, or a while after its <c>hello</c> when it names no phases.</summary>
internal sealed class StopAtPhase(LaunchPhase phase, Ladder ladder, StopSignal stop, TimeProvider clock) : IWorkerObserver, IDisposable
{
    private static readonly TimeSpan WithoutPhases = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private ITimer? _timer;

    /// <summary>When it was asked, as a timestamp of the clock; null when the launch was over before.</summary>
    internal long? At { get; private set; }

    public void Started(int processId)
    {
    }

    public void Heard(WorkerConversation conversation)
    {
        if (conversation.IsOver || conversation.Hello is null) return;
        _timer ??= clock.CreateTimer(_ => Raise(), null, WithoutPhases, Timeout.InfiniteTimeSpan);
        if (conversation.Phase >= phase) Raise();
    }

    public void Dispose() => _timer?.Dispose();

    private void Raise()
    {
        lock (_gate)
        {
            if (At is not null) return;
            At = clock.GetTimestamp();
        }

        stop.Raise(StopReason.Cancelled, ladder);
    }
}
