namespace Fleetmark.Contracts.Tables;

/// <summary>A device class of a run and the environments its numbers were taken in, for the provenance lines.</summary>
public sealed record DeviceClassFacts
{
    /// <summary>Slug of the class.</summary>
    public required string Slug { get; init; }

    /// <summary>What people call the hardware.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Number of devices of the class that measured for the run.</summary>
    public required int Devices { get; init; }

    /// <summary>True when a device's telemetry was replayed; such numbers are marked everywhere.</summary>
    public bool Simulated { get; init; }

    /// <summary>The distinct environments, in the order of first use; empty when nothing was measured.</summary>
    public required IReadOnlyList<EnvironmentFacts> Environments { get; init; }
}
