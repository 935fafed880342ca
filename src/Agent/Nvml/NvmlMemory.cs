using System.Runtime.InteropServices;

namespace Fleetmark.Agent.Nvml;

/// <summary><c>nvmlMemory_t</c>: 24 bytes.</summary>
/// <param name="Total">All memory, in bytes.</param>
/// <param name="Free">What nobody uses, in bytes.</param>
/// <param name="Used">What is used, in bytes.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct NvmlMemory(ulong Total, ulong Free, ulong Used);
