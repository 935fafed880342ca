using Fleetmark.Agent.Sessions;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Workers;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Jobs;

/// <summary>
/// Watches a launch: samples the host while the worker lives and passes its progress on, at most four times a second. While a CPU is timed nothing is sent: the cores
/// are the worker's.
/// </summary>
internal sealed class LaunchWatch(RunningAttempt attempt, HostFiles files, Outbox outbox, TimeProvider clock) : IWorkerObserver, IAsyncDisposable
{
    private HostSampler? _sampler;
    private LaunchPhase _phase = LaunchPhase.Start;
    private long _lastPost;

    public void Started(int processId) => _sampler = new HostSampler(files, attempt.Device.Cpus, processId, clock);

    public void Heard(WorkerConversation conversation)
    {
        bool isNew = conversation.Phase != _phase;
        _phase = conversation.Phase;
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

    /// <summary>What was seen of the host; ends the sampling.</summary>
    internal async Task<IReadOnlyList<HostSample>> EndAsync() => _sampler is null ? [] : await _sampler.EndAsync();

    public async ValueTask DisposeAsync()
    {
        attempt.IsSampling = false;
        if (_sampler is not null) await _sampler.DisposeAsync();
    }
}
