using System.Runtime.InteropServices;

namespace Fleetmark.Measurement.WarmUp;

/// <summary>One value of a device's trace.</summary>
/// <param name="At">When, in <c>CLOCK_MONOTONIC</c> nanoseconds.</param>
/// <param name="Value">The value.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DeviceReading(long At, double Value);
