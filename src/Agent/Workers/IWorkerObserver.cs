using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Workers;

/// <summary>Watches one worker; called between its lines, never at the same time.</summary>
internal interface IWorkerObserver
{
    /// <summary>The process runs.</summary>
    void Started(int processId);

    /// <summary>The worker said something.</summary>
    void Heard(WorkerConversation conversation);
}
