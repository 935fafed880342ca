using Fleetmark.Contracts.Fleet;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Fleet;

/// <summary>A device of this machine.</summary>
internal sealed record Device
{
    /// <summary>Vendor of a CPU in offers and runtime configuration.</summary>
    internal const string CpuVendor = "cpu";

    /// <summary>Vendor of GPUs that NVML tells of.</summary>
    internal const string NvidiaVendor = "nvidia";

    /// <summary>Its identity, the same after every restart.</summary>
    internal required string Uuid { get; init; }

    /// <summary>Who made it: <c>cpu</c> for any CPU, <c>nvidia</c>.</summary>
    internal required string Vendor { get; init; }

    /// <summary>What the hardware calls itself.</summary>
    internal required string Name { get; init; }

    /// <summary>Its memory in MiB; 0 = unknown.</summary>
    internal required int MemoryMib { get; init; }

    /// <summary>The cores its workers use: of a CPU all that may be used, of a GPU one near it.</summary>
    internal required IReadOnlyList<int> Cpus { get; init; }

    /// <summary>CUDA compute capability, such as <c>7.5</c>; null for a CPU and where it is not known.</summary>
    internal string? ComputeCapability { get; init; }

    /// <summary>Version of its driver, such as <c>570.86.15</c>; null for a CPU and where it is not known.</summary>
    internal string? Driver { get; init; }

    /// <summary>True when its telemetry is replayed: marked in every table, never a baseline, never published.</summary>
    internal bool IsSimulated { get; init; }

    /// <summary>True for a CPU, which runs alone on the machine.</summary>
    internal bool IsCpu => Vendor == CpuVendor;

    /// <summary>What it can do, as the silo matches it, in ordinal order; see <see cref="CapabilityWords"/>.</summary>
    internal IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>What came of trying the runtimes on it, working or not.</summary>
    internal IReadOnlyList<RuntimeFinding> Findings { get; init; } = [];

    /// <summary>The device as workers are told of it; null for a CPU.</summary>
    internal LaunchDevice? ForWorkers() => IsCpu ? null : new LaunchDevice { Uuid = Uuid, ComputeCapability = ComputeCapability, Name = Name, Driver = Driver };
}
