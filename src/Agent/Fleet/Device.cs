namespace Fleetmark.Agent.Fleet;

/// <summary>A device of this machine.</summary>
internal sealed record Device
{
    /// <summary>Vendor of a CPU in offers and runtime configuration.</summary>
    internal const string CpuVendor = "cpu";

    /// <summary>Its identity, the same after every restart.</summary>
    internal required string Uuid { get; init; }

    /// <summary>Who made it: <c>cpu</c> for any CPU.</summary>
    internal required string Vendor { get; init; }

    /// <summary>What the hardware calls itself.</summary>
    internal required string Name { get; init; }

    /// <summary>Its memory in MiB; 0 = unknown.</summary>
    internal required int MemoryMib { get; init; }

    /// <summary>The cores its workers use.</summary>
    internal required IReadOnlyList<int> Cpus { get; init; }

    /// <summary>What it can do, as the silo matches it, in ordinal order: <c>runtime:…</c>, <c>provider:…</c>, <c>precision:…</c>.</summary>
    internal IReadOnlyList<string> Capabilities { get; init; } = [];
}
