using System.Diagnostics.CodeAnalysis;

namespace Fleetmark.Agent.Nvml;

/// <summary>Why the clocks are what they are, in the driver's bits (<c>nvmlClocksEventReason…</c>).</summary>
[Flags]
[SuppressMessage("Design", "CA1028", Justification = "The driver's own width.")]
internal enum ClockEvents : ulong
{
    None = 0,

    /// <summary>Nothing runs.</summary>
    Idle = 0x1,

    /// <summary>The clocks applications were promised.</summary>
    ApplicationClocks = 0x2,

    /// <summary>The power limit.</summary>
    PowerCap = 0x4,

    /// <summary>The hardware protects itself: heat or power brake, or a reason it does not tell.</summary>
    HardwareSlowdown = 0x8,

    /// <summary>Another device of the same group.</summary>
    SyncBoost = 0x10,

    /// <summary>The driver slows the device down for heat.</summary>
    SoftwareThermal = 0x20,

    /// <summary>The hardware slows the device down for heat.</summary>
    HardwareThermal = 0x40,

    /// <summary>The power supply asked for less.</summary>
    PowerBrake = 0x80,

    /// <summary>A display.</summary>
    Display = 0x100,
}
