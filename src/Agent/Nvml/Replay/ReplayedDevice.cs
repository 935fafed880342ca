namespace Fleetmark.Agent.Nvml.Replay;

/// <summary>First line of a device in a replay file: what it is. A value that is not given is one the device does not have.</summary>
internal sealed record ReplayedDevice
{
    /// <summary><see cref="LockedClocks"/> of a user without the right to set clocks.</summary>
    internal const string Denied = "denied";

    /// <summary><see cref="LockedClocks"/> of a card whose clocks cannot be locked.</summary>
    internal const string NotSupported = "not-supported";

    /// <summary>Number its other lines name it by.</summary>
    public required int Device { get; init; }

    public required string Uuid { get; init; }

    public required string Name { get; init; }

    public string? ComputeCapability { get; init; }

    public long? MemoryMib { get; init; }

    /// <summary>Address on the bus, such as <c>0000:3b:00.0</c>.</summary>
    public string? PciId { get; init; }

    public string? Vbios { get; init; }

    public string? Driver { get; init; }

    /// <summary>Such as <c>12.8</c>.</summary>
    public string? Cuda { get; init; }

    public uint? DefaultPowerLimitMw { get; init; }

    public uint? PowerLimitMw { get; init; }

    public bool? Ecc { get; init; }

    public bool? Persistence { get; init; }

    public uint? MaxSm { get; init; }

    public uint? MaxMem { get; init; }

    public uint? ApplicationsSm { get; init; }

    public uint? ApplicationsMem { get; init; }

    public uint? DefaultApplicationsSm { get; init; }

    /// <summary>What locking and resetting clocks answers: <c>denied</c>, or <c>not-supported</c>; it works where nothing is given.</summary>
    public string? LockedClocks { get; init; }

    public uint? PcieGeneration { get; init; }

    public uint? PcieWidth { get; init; }
}
