using System.Runtime.InteropServices;

namespace Fleetmark.Agent.Nvml;

/// <summary><c>nvmlProcessInfo_t</c> of version 3: 24 bytes.</summary>
/// <param name="ProcessId">Number of the process. Inside a container it may be one of the host, of the container, or of a thread.</param>
/// <param name="UsedMemory">Its memory on the device, in bytes; all ones where it is not known.</param>
/// <param name="GpuInstance">Its MIG instance.</param>
/// <param name="ComputeInstance">Its part of that.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct NvmlProcess(uint ProcessId, ulong UsedMemory, uint GpuInstance, uint ComputeInstance);
