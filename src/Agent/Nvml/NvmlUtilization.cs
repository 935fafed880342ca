using System.Runtime.InteropServices;

namespace Fleetmark.Agent.Nvml;

/// <summary><c>nvmlUtilization_t</c>: 8 bytes.</summary>
/// <param name="Gpu">Share of the last sampling period in which a kernel ran, in percent.</param>
/// <param name="Memory">Share in which memory was read or written, in percent.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct NvmlUtilization(uint Gpu, uint Memory);
