namespace Fleetmark.Agent.Nvml.Replay;

/// <summary>Any other line of a replay file: what a device reads from a moment on. A value that is not given stays as it was.</summary>
internal sealed record ReplayedState
{
    public required int Device { get; init; }

    /// <summary>From which moment on, in milliseconds from the start of sampling; negative before.</summary>
    public required double T { get; init; }

    /// <summary>From which launch on, counted from 1, which is the default. The lines of a later launch take the place of all those before.</summary>
    public int? Launch { get; init; }

    /// <summary>SM clock in MHz.</summary>
    public uint? Sm { get; init; }

    /// <summary>Memory clock in MHz.</summary>
    public uint? Mem { get; init; }

    public uint? TempC { get; init; }

    public uint? PowerMw { get; init; }

    public uint? PState { get; init; }

    /// <summary>Percent.</summary>
    public uint? Gpu { get; init; }

    /// <summary>Bits of <see cref="ClockEvents"/>.</summary>
    public ulong? Reasons { get; init; }

    /// <summary>Processes that compute on it, a launch's own worker among them; between launches there is one less.</summary>
    public int? Processes { get; init; }

    public ReplayedViolations? ViolationNs { get; init; }

    public ulong? EnergyMj { get; init; }

    public ulong? EccErrors { get; init; }

    public long? MemoryUsedMib { get; init; }

    /// <summary>KB/s.</summary>
    public uint? PcieSent { get; init; }

    /// <summary>KB/s.</summary>
    public uint? PcieReceived { get; init; }

    /// <summary>What every function answers for the device, such as 15 for one that is lost; 0 = it works.</summary>
    public int? Code { get; init; }

    /// <summary><see cref="Launch"/> with its default.</summary>
    internal int FromLaunch => Launch ?? 1;

    /// <summary>This line after those before it.</summary>
    internal ReplayedState After(ReplayedState before) => new()
    {
        Device = Device,
        T = T,
        Launch = Launch,
        Sm = Sm ?? before.Sm,
        Mem = Mem ?? before.Mem,
        TempC = TempC ?? before.TempC,
        PowerMw = PowerMw ?? before.PowerMw,
        PState = PState ?? before.PState,
        Gpu = Gpu ?? before.Gpu,
        Reasons = Reasons ?? before.Reasons,
        Processes = Processes ?? before.Processes,
        ViolationNs = ViolationNs ?? before.ViolationNs,
        EnergyMj = EnergyMj ?? before.EnergyMj,
        EccErrors = EccErrors ?? before.EccErrors,
        MemoryUsedMib = MemoryUsedMib ?? before.MemoryUsedMib,
        PcieSent = PcieSent ?? before.PcieSent,
        PcieReceived = PcieReceived ?? before.PcieReceived,
        Code = Code ?? before.Code,
    };
}
