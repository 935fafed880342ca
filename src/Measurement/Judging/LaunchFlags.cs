using System.Diagnostics.CodeAnalysis;

namespace Fleetmark.Measurement.Judging;

/// <summary>What is remarkable about a launch. The bits are stored; append only.</summary>
[Flags]
[SuppressMessage("Naming", "CA1711", Justification = "Flags of a launch is what tables and documents call them.")]
public enum LaunchFlags : long
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The warm-up ended at its cap without standing still.</summary>
    NotSteady = 1 << 0,

    /// <summary>The times rose or fell over the window.</summary>
    Drift = 1 << 1,

    /// <summary>The times jump between two levels.</summary>
    Bimodal = 1 << 2,

    /// <summary>The worker's garbage collector ran or paused in the window, or the timing loop allocated what it will have to collect.</summary>
    Gc = 1 << 3,

    /// <summary>The interval of the median is wider than the effort allows.</summary>
    WideInterval = 1 << 4,

    /// <summary>There are samples beyond 3 × DoubleMAD.</summary>
    Outliers = 1 << 5,

    /// <summary>The hypervisor took more of the cores than the effort allows.</summary>
    Steal = 1 << 6,

    /// <summary>Other processes used more of the worker's cores than the effort allows.</summary>
    ForeignCpu = 1 << 7,

    /// <summary>The cgroup held the worker back.</summary>
    CgroupThrottled = 1 << 8,

    /// <summary>The device lock was lost.</summary>
    LockLost = 1 << 9,

    /// <summary>Heat held the clocks of the device down.</summary>
    Thermal = 1 << 10,

    /// <summary>The device's hardware protected itself, or its power supply braked.</summary>
    Slowdown = 1 << 11,

    /// <summary>The power limit held the clocks of the device down.</summary>
    PowerLimited = 1 << 12,

    /// <summary>At its power limit the device was slower than it was when it was calibrated.</summary>
    BelowSustained = 1 << 13,

    /// <summary>A process of somebody else computed on the device.</summary>
    ForeignProcess = 1 << 14,
}
