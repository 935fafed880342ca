using System.Runtime.InteropServices;

namespace Fleetmark.Agent.Nvml;

/// <summary><c>nvmlViolationTime_t</c>: 16 bytes.</summary>
/// <param name="ReferenceMicroseconds">When it was read, on a clock of the driver.</param>
/// <param name="ViolationNanoseconds">How long the policy has held the clocks down since the driver was loaded.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct NvmlViolation(ulong ReferenceMicroseconds, ulong ViolationNanoseconds);
