using System.Collections.Concurrent;
using Fleetmark.Agent.Processes;
using Fleetmark.Agent.Workers;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Tests;

/// <summary>Processes a test started. What is left of them and of their groups when it ends, also by failing, is killed.</summary>
internal sealed class StartedProcesses : IWorkerObserver, IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, long> _startTicks = new();

    /// <summary>Their numbers.</summary>
    internal IEnumerable<int> Ids => _startTicks.Keys;

    public void Started(int processId) => Add(processId);

    public void Heard(WorkerConversation conversation)
    {
    }

    /// <summary>Remembers a process that was just started.</summary>
    internal void Add(int processId)
    {
        if (ProcessStatus.Of(processId) is { } status) _startTicks.TryAdd(processId, status.StartTicks);
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((int processId, long start) in _startTicks)
        {
            // Its number may be another's by now, but not while there is a group of that number.
            if (ProcessStatus.Of(processId) is { } other && other.StartTicks != start) continue;
            ProcessSignals.SendToWorker(processId, ProcessSignals.Kill);
            await Eventually.Async($"the end of process {processId}", () => !FakeWorkerProgram.Lives(processId));
        }
    }
}
