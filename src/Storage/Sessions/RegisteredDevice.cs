namespace Fleetmark.Storage.Sessions;

/// <summary>A device with the class the silo gave it.</summary>
public sealed record RegisteredDevice
{
    /// <summary>UUID of the hardware.</summary>
    public required string Uuid { get; init; }

    /// <summary>Slug of its class.</summary>
    public required string Slug { get; init; }

    /// <summary><c>cpu</c>, <c>nvidia</c>, ….</summary>
    public required string Vendor { get; init; }

    /// <summary>What people call the class.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Compute capability of a GPU; null for a CPU.</summary>
    public string? ComputeCapability { get; init; }

    /// <summary>Place on its machine.</summary>
    public required short Ordinal { get; init; }

    /// <summary>Memory in MiB; null where unknown.</summary>
    public int? MemoryMib { get; init; }

    /// <summary>What it can do.</summary>
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>True when its telemetry is replayed.</summary>
    public bool Simulated { get; init; }
}
