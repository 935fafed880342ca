namespace Fleetmark.Contracts.Fleet;

/// <summary>All devices of one pool that one silo's agents have ready. Always the full list, so a pool that forgot is complete again.</summary>
[GenerateSerializer, Immutable, Alias(WireAliases.ReadyReport)]
public sealed record ReadyReport
{
    /// <summary>Name of the silo whose gateway speaks.</summary>
    [Id(0)] public required string Silo { get; init; }

    /// <summary>Where assignments for these devices go.</summary>
    [Id(1)] public required IGatewayObserver Gateway { get; init; }

    /// <summary>The devices.</summary>
    [Id(2)] public required IReadOnlyList<ReadyDevice> Devices { get; init; }
}
