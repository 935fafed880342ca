using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Fleetmark.Agent.Nvml;

namespace Fleetmark.Agent.Tests.Nvml;

/// <summary>
/// A library whose answers a test writes down: functions it has, codes, values and the handles and selectors they are called with. Device 7 is a card with MIG instances
/// 71 and 73, device 8 an ordinary one.
/// </summary>
internal static unsafe class FakeNvml
{
    internal const nint DividedCard = 7;
    internal const nint Card = 8;

    /// <summary>Functions that are missing.</summary>
    internal static HashSet<string> Missing { get; } = new(StringComparer.Ordinal);

    /// <summary>What a function answers instead of success.</summary>
    internal static Dictionary<string, int> Codes { get; } = new(StringComparer.Ordinal);

    /// <summary>Processes that compute, and how often the list had grown when it was asked for again.</summary>
    internal static List<uint> Processes { get; } = [];

    internal static int GrowsBy { get; set; }

    /// <summary>Calls in order: function, handle, selector.</summary>
    internal static List<(string Function, nint Handle, uint Selector)> Calls { get; } = [];

    /// <summary>How often a function was called so far; for libraries that a thread calls.</summary>
    internal static int Count(string function)
    {
        lock (Gate) return Calls.Count(call => call.Function == function);
    }

    /// <summary>From now on these processes compute; for libraries that a thread calls.</summary>
    internal static void Compute(params uint[] processes)
    {
        lock (Gate)
        {
            Processes.Clear();
            Processes.AddRange(processes);
        }
    }

    private static readonly Lock Gate = new();

    internal static void Reset()
    {
        Missing.Clear();
        Codes.Clear();
        Processes.Clear();
        Calls.Clear();
        GrowsBy = 0;
    }

    internal static nint Symbol(string name) => Missing.Contains(name) ? 0 : name switch
    {
        "nvmlInit_v2" => (nint)(delegate* unmanaged[Cdecl]<int>)&Init,
        "nvmlShutdown" => (nint)(delegate* unmanaged[Cdecl]<int>)&Shutdown,
        "nvmlErrorString" => (nint)(delegate* unmanaged[Cdecl]<int, byte*>)&ErrorString,
        "nvmlSystemGetDriverVersion" => (nint)(delegate* unmanaged[Cdecl]<byte*, uint, int>)&Driver,
        "nvmlSystemGetCudaDriverVersion_v2" => (nint)(delegate* unmanaged[Cdecl]<uint*, int>)&Cuda,
        "nvmlDeviceGetCount_v2" => (nint)(delegate* unmanaged[Cdecl]<uint*, int>)&Count,
        "nvmlDeviceGetHandleByIndex_v2" => (nint)(delegate* unmanaged[Cdecl]<uint, nint*, int>)&ByIndex,
        "nvmlDeviceGetHandleByUUID" => (nint)(delegate* unmanaged[Cdecl]<byte*, nint*, int>)&ByUuid,
        "nvmlDeviceGetMigMode" => (nint)(delegate* unmanaged[Cdecl]<nint, uint*, uint*, int>)&MigMode,
        "nvmlDeviceGetMigDeviceHandleByIndex" => (nint)(delegate* unmanaged[Cdecl]<nint, uint, nint*, int>)&MigHandle,
        "nvmlDeviceGetUUID" => (nint)(delegate* unmanaged[Cdecl]<nint, byte*, uint, int>)&Uuid,
        "nvmlDeviceGetName" => (nint)(delegate* unmanaged[Cdecl]<nint, byte*, uint, int>)&Name,
        "nvmlDeviceGetPciInfo_v3" => (nint)(delegate* unmanaged[Cdecl]<nint, NvmlPciAddress*, int>)&Pci,
        "nvmlDeviceGetCudaComputeCapability" => (nint)(delegate* unmanaged[Cdecl]<nint, uint*, uint*, int>)&ComputeCapability,
        "nvmlDeviceGetMemoryInfo" => (nint)(delegate* unmanaged[Cdecl]<nint, NvmlMemory*, int>)&Memory,
        "nvmlDeviceGetClockInfo" => (nint)(delegate* unmanaged[Cdecl]<nint, uint, uint*, int>)&Clock,
        "nvmlDeviceGetMaxClockInfo" => (nint)(delegate* unmanaged[Cdecl]<nint, uint, uint*, int>)&MaximumClock,
        "nvmlDeviceGetDefaultApplicationsClock" => (nint)(delegate* unmanaged[Cdecl]<nint, uint, uint*, int>)&BaseClock,
        "nvmlDeviceSetGpuLockedClocks" => (nint)(delegate* unmanaged[Cdecl]<nint, uint, uint, int>)&LockClocks,
        "nvmlDeviceResetGpuLockedClocks" => (nint)(delegate* unmanaged[Cdecl]<nint, int>)&ResetClocks,
        "nvmlDeviceGetTemperature" => (nint)(delegate* unmanaged[Cdecl]<nint, uint, uint*, int>)&Temperature,
        "nvmlDeviceGetPowerUsage" => (nint)(delegate* unmanaged[Cdecl]<nint, uint*, int>)&Power,
        "nvmlDeviceGetUtilizationRates" => (nint)(delegate* unmanaged[Cdecl]<nint, NvmlUtilization*, int>)&Utilization,
        "nvmlDeviceGetCurrentClocksEventReasons" => (nint)(delegate* unmanaged[Cdecl]<nint, ulong*, int>)&NewReasons,
        "nvmlDeviceGetCurrentClocksThrottleReasons" => (nint)(delegate* unmanaged[Cdecl]<nint, ulong*, int>)&OldReasons,
        "nvmlDeviceGetViolationStatus" => (nint)(delegate* unmanaged[Cdecl]<nint, uint, NvmlViolation*, int>)&Violation,
        "nvmlDeviceGetTotalEnergyConsumption" => (nint)(delegate* unmanaged[Cdecl]<nint, ulong*, int>)&Energy,
        "nvmlDeviceGetTotalEccErrors" => (nint)(delegate* unmanaged[Cdecl]<nint, uint, uint, ulong*, int>)&Ecc,
        "nvmlDeviceGetPcieThroughput" => (nint)(delegate* unmanaged[Cdecl]<nint, uint, uint*, int>)&PcieThroughput,
        "nvmlDeviceGetComputeRunningProcesses_v3" => (nint)(delegate* unmanaged[Cdecl]<nint, uint*, NvmlProcess*, int>)&Compute,
        _ => 0,
    };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Init() => Answer("init");

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Shutdown() => Answer("shutdown");

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte* ErrorString(int code) => (byte*)Lost;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Driver(byte* text, uint length) => Write("570.86.15", text, length, "driver");

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Cuda(uint* version) => Give(12080, version, "cuda");

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Count(uint* count) => Give(2, count, "count");

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ByIndex(uint index, nint* handle)
    {
        *handle = index == 0 ? DividedCard : Card;
        return Answer("by-index", selector: index);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ByUuid(byte* uuid, nint* handle)
    {
        string wanted = Marshal.PtrToStringUTF8((nint)uuid)!;
        *handle = wanted.StartsWith("GPU-", StringComparison.Ordinal) ? Card : 71;
        return Answer("by-uuid");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int MigMode(nint device, uint* now, uint* next)
    {
        (*now, *next) = (device == DividedCard ? 1u : 0, 0);
        return Answer("mig", device);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int MigHandle(nint device, uint index, nint* handle)
    {
        *handle = 71 + (nint)index;
        return index is 0 or 2 ? Answer("instance", device, index) : NvmlCode.NotFound;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Uuid(nint device, byte* text, uint length) => Write(device > 70 ? $"MIG-{device}" : $"GPU-{device}", text, length, "uuid", device);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Name(nint device, byte* text, uint length) => Write(device > 70 ? "NVIDIA A100-SXM4-40GB MIG 1g.5gb" : "Tesla T4", text, length, "name", device);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Pci(nint device, NvmlPciAddress* address)
    {
        *address = new NvmlPciAddress { Domain = 0, Bus = 0x3b, Device = 0x1e };
        return Answer("pci", device);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ComputeCapability(nint device, uint* major, uint* minor)
    {
        (*major, *minor) = (7, 5);
        return Answer("capability", device);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Memory(nint device, NvmlMemory* memory)
    {
        *memory = new NvmlMemory(16_106_127_360, 16_000_000_000, 106_127_360);
        return Answer("memory", device);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Clock(nint device, uint kind, uint* megahertz) => Give(kind == 1 ? 1590u : 5000, megahertz, "clock", device, kind);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int MaximumClock(nint device, uint kind, uint* megahertz) => Give(kind == 1 ? 1600u : 5001, megahertz, "max-clock", device, kind);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int BaseClock(nint device, uint kind, uint* megahertz) => Give(kind == 1 ? 585u : 5001, megahertz, "base-clock", device, kind);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int LockClocks(nint device, uint lowest, uint highest) => lowest == highest ? Answer("lock", device, lowest) : NvmlCode.InvalidArgument;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ResetClocks(nint device) => Answer("reset", device);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Temperature(nint device, uint sensor, uint* celsius) => Give(61, celsius, "temperature", device, sensor);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Power(nint device, uint* milliwatts) => Give(69_800, milliwatts, "power", device);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Utilization(nint device, NvmlUtilization* utilization)
    {
        *utilization = new NvmlUtilization(97, 40);
        return Answer("utilization", device);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int NewReasons(nint device, ulong* reasons) => Give(4, reasons, "new-reasons", device);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OldReasons(nint device, ulong* reasons) => Give(0x20, reasons, "old-reasons", device);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Violation(nint device, uint policy, NvmlViolation* violation)
    {
        *violation = new NvmlViolation(1, 1000 + policy);
        return Answer("violation", device, policy);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Energy(nint device, ulong* millijoules) => Give(5_000_000_000, millijoules, "energy", device);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Ecc(nint device, uint kind, uint since, ulong* count) => Give((kind * 10) + since + 1, count, "ecc", device, kind);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PcieThroughput(nint device, uint direction, uint* kilobytes) => Give(100 + direction, kilobytes, "pcie", device, direction);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Compute(nint device, uint* count, NvmlProcess* processes)
    {
        lock (Gate) return List(device, count, processes);
    }

    private static int List(nint device, uint* count, NvmlProcess* processes)
    {
        int code = Answer("processes", device, *count);
        if (code != NvmlCode.Success) return code;
        for (; GrowsBy > 0 && *count > 0 && *count < Processes.Count + 10; GrowsBy--) Processes.AddRange(Enumerable.Range(2000, 10).Select(i => (uint)i));
        uint room = *count;
        *count = (uint)Processes.Count;
        if (room < *count) return NvmlCode.InsufficientSize;
        for (int i = 0; i < Processes.Count; i++) processes[i] = new NvmlProcess(Processes[i], 1, 2, 3);
        return NvmlCode.Success;
    }

    private static readonly nint Lost = Marshal.StringToCoTaskMemUTF8("GPU is lost");

    private static int Answer(string function, nint handle = 0, uint selector = 0)
    {
        lock (Gate) Calls.Add((function, handle, selector));
        return Codes.GetValueOrDefault(function);
    }

    private static int Give(uint value, uint* to, string function, nint handle = 0, uint selector = 0)
    {
        *to = value;
        return Answer(function, handle, selector);
    }

    private static int Give(ulong value, ulong* to, string function, nint handle = 0, uint selector = 0)
    {
        *to = value;
        return Answer(function, handle, selector);
    }

    private static int Write(string value, byte* text, uint length, string function, nint handle = 0)
    {
        Encoding.UTF8.GetBytes(value + '\0').CopyTo(new Span<byte>(text, (int)length));
        return Answer(function, handle);
    }
}
