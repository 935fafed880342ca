namespace Fleetmark.Measurement.Judging;

/// <summary>What the agent saw of the GPU of a launch, over the sampling window unless it is said otherwise; null where the device has no such counter.</summary>
public sealed record DeviceTelemetry
{
    /// <summary>Clock that the multiprocessors had or more for nine tenths of the time, in MHz.</summary>
    public required double? SmClockP10Mhz { get; init; }

    /// <summary>Their median clock, in MHz.</summary>
    public required double? SmClockP50Mhz { get; init; }

    /// <summary>Clock the card sustained under a long load when it was calibrated, in MHz; null for a card that has no calibration.</summary>
    public required double? CalibratedClockMhz { get; init; }

    /// <summary>Clock the card was locked to for the launch, in MHz; null when it chose by itself.</summary>
    public double? LockedClockMhz { get; init; }

    /// <summary>Share of the window in which the power limit held the clocks down, 0 to 1.</summary>
    public required double? PowerCapRel { get; init; }

    /// <summary>Share of the window in which heat held the clocks down, 0 to 1.</summary>
    public required double? ThermalRel { get; init; }

    /// <summary>Share of the window in which the hardware protected itself or the power supply braked, 0 to 1.</summary>
    public required double? SlowdownRel { get; init; }

    /// <summary>True when a process that is not the worker's computed on the device at any time of the launch; null when the driver lists none.</summary>
    public required bool? HasForeignProcess { get; init; }

    /// <summary>True when the telemetry is replayed from a file: the number was measured on something else.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Whether clock and temperature stood still at the end of the warm-up (<see cref="WarmUp.DeviceSettling"/>); null when it was too short to tell.</summary>
    public bool? IsSettled { get; init; }

    /// <summary>True when a counter of violations grew by more than the time that passed, and was therefore not believed.</summary>
    public bool IsViolationDiscarded { get; init; }

    /// <summary>Temperature before the launch, in °C.</summary>
    public double? TempStartC { get; init; }

    /// <summary>Highest temperature, in °C.</summary>
    public double? TempMaxC { get; init; }

    /// <summary>Power before the launch, in W.</summary>
    public double? PowerStartW { get; init; }

    /// <summary>Mean power, in W.</summary>
    public double? PowerMeanW { get; init; }

    /// <summary>How long heat held the clocks down, by the device's own counter, in µs.</summary>
    public double? ViolationUs { get; init; }

    /// <summary>Every reason for a clock that was seen, in the driver's bits.</summary>
    public long? ClockEventBits { get; init; }

    /// <summary>Energy in mJ.</summary>
    public long? EnergyMj { get; init; }

    /// <summary>True when the energy was summed up from power readings because the device does not count it; null without energy.</summary>
    public bool? IsEnergyEstimated { get; init; }

    /// <summary>Most memory of the device that was in use during the launch, in bytes.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Memory errors during the launch that could not be corrected; null where none are counted.</summary>
    public long? UncorrectedErrors { get; init; }
}
