using Fleetmark.Storage.Jobs;

namespace Fleetmark.Storage.Sessions;

/// <summary>An agent that was let in.</summary>
/// <param name="AgentId">Its row.</param>
/// <param name="Incarnation">Number of its process.</param>
/// <param name="DeviceIds">Rows of its devices by UUID.</param>
/// <param name="Open">Attempts it still has to answer for.</param>
/// <param name="Ended">Attempts that were ended: those of its earlier processes, and those this process knows nothing of.</param>
public sealed record RegisteredAgent(
    int AgentId, long Incarnation, IReadOnlyDictionary<string, int> DeviceIds, IReadOnlyList<Lease> Open, IReadOnlyList<EndedAttempt> Ended);
