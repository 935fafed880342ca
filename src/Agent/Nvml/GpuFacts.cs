namespace Fleetmark.Agent.Nvml;

/// <summary>What a GPU is and how it is set up. It changes between launches only by an administrator's hand. What the driver does not tell is null.</summary>
internal sealed record GpuFacts
{
    internal string? Name { get; init; }

    /// <summary>Address on the bus, such as <c>0000:3b:00.0</c>.</summary>
    internal string? PciId { get; init; }

    /// <summary>CUDA compute capability, such as <c>7.5</c>.</summary>
    internal string? ComputeCapability { get; init; }

    internal string? Vbios { get; init; }

    internal long? MemoryBytes { get; init; }

    /// <summary>Whether memory errors are corrected.</summary>
    internal bool? Ecc { get; init; }

    /// <summary>Whether it is divided into instances.</summary>
    internal bool? Mig { get; init; }

    /// <summary>Whether the driver stays loaded while nobody uses the device.</summary>
    internal bool? Persistence { get; init; }

    internal double? DefaultPowerLimitW { get; init; }

    /// <summary>The limit that holds now.</summary>
    internal double? PowerLimitW { get; init; }

    internal int? MaximumSmClockMhz { get; init; }

    internal int? MaximumMemoryClockMhz { get; init; }

    /// <summary>Clock that applications are promised.</summary>
    internal int? ApplicationsSmClockMhz { get; init; }

    internal int? ApplicationsMemoryClockMhz { get; init; }
}
