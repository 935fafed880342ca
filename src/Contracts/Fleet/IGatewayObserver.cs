namespace Fleetmark.Contracts.Fleet;

/// <summary>The agent gateway of one silo as the pools see it.</summary>
[Alias(WireAliases.GatewayObserver)]
public interface IGatewayObserver : IGrainObserver
{
    /// <summary>Pushes leased jobs to their agents. Returns those it could not deliver; the caller releases them at once.</summary>
    [Alias("Deliver")] Task<IReadOnlyList<Assignment>> Deliver(IReadOnlyList<Assignment> assignments, CancellationToken cancel);
}
