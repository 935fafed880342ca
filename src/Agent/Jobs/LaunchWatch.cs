using Fleetmark.Agent.Sessions;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Workers;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Jobs;

/// <summary>
/// Watches a launch: has host and GPU sampled around it and passes its progress on, at most four times a second. While a CPU is timed nothing is sent: the cores are the
/// worker's. When the GPU is lost the worker is made to go: it may wait for ever for a device that does not answer.
/// </summary>
internal sealed class LaunchWatch(RunningAttempt attempt, LaunchTelemetry telemetry, Outbox outbox, TimeProvider clock) : IWorkerObserver
{
    private LaunchPhase _phase = LaunchPhase.Start;
    private long _lastPost;

    /// <summary>Begins; returns when the machine was seen without the worker.</summary>
    internal async Task BeginAsync()
    {
        await telemetry.BeginAsync();
        telemetry.Lost?.ContinueWith(
            _ => attempt.Stop.Raise(StopReason.DeviceLost, Ladder.Patient), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Watches the idle GPU for a while; cut short when the launch is not wanted any more.</summary>
    internal async Task IdleAsync(TimeSpan length)
    {
        try
        {
            await telemetry.IdleAsync(length, attempt.Stop.Token);
        }
        catch (OperationCanceledException) when (attempt.Stop.Reason is not null)
        {
            // Whoever starts the worker looks at the reason.
        }
    }

    public void Started(int processId) => telemetry.Started(processId);

    public void Heard(WorkerConversation conversation)
    {
        bool isNew = conversation.Phase != _phase;
        _phase = conversation.Phase;
        telemetry.Entered(_phase);
        bool wasSampling = attempt.IsSampling;
        attempt.IsSampling = _phase == LaunchPhase.Sample && !conversation.IsOver && attempt.Device.IsCpu;
        if (wasSampling && attempt.IsSampling) return;
        if (!isNew && clock.GetElapsedTime(_lastPost) < WorkerProtocol.ProgressInterval) return;
        _lastPost = clock.GetTimestamp();
        Post(attempt, outbox, PhaseMessage.WordOf(_phase), conversation.Progress?.Calls ?? 0);
    }

    /// <summary>Tells the silo where an attempt is; may be lost.</summary>
    internal static void Post(RunningAttempt attempt, Outbox outbox, string phase, long calls) =>
        outbox.PostDroppable(new AgentMessage { Progress = new Progress { Attempt = attempt.Key.ToWire(), Phase = phase, Calls = calls } });

    /// <summary>What was seen; the worker is gone.</summary>
    internal async Task<LaunchTrace> EndAsync()
    {
        attempt.IsSampling = false;
        return await telemetry.EndAsync();
    }
}
