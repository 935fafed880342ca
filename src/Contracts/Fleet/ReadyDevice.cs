namespace Fleetmark.Contracts.Fleet;

/// <summary>A device that may start a job now.</summary>
[GenerateSerializer, Immutable, Alias(WireAliases.ReadyDevice)]
public sealed record ReadyDevice
{
    /// <summary>Row of the device.</summary>
    [Id(0)] public required int DeviceId { get; init; }

    /// <summary>Incarnation of the agent that offers it: a lease for an older one is refused.</summary>
    [Id(1)] public required long Incarnation { get; init; }

    /// <summary>What it can do; a job fits when its requirements are among these.</summary>
    [Id(2)] public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>Memory of the device in MiB; null where unknown.</summary>
    [Id(3)] public int? MemoryMebibytes { get; init; }
}
