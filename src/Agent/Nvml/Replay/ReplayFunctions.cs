using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Fleetmark.Agent.Nvml.Replay;

/// <summary>The functions of NVML as the driver's library has them, over <see cref="NvmlReplay.Current"/>.</summary>
internal static unsafe class ReplayFunctions
{
    private const uint CudaMajor = 1000;
    private const uint CudaMinor = 10;
    private const uint MemoryClock = 2;
    private const uint Received = 1;
    private const ulong BytesPerMib = 1 << 20;
    private const uint FirstProcess = 1000;

    private static readonly byte* Failure = Unmoved("replayed failure");

    private static readonly Dictionary<string, nint> Symbols = new(StringComparer.Ordinal)
    {
        ["nvmlInit_v2"] = (nint)(delegate* unmanaged[Cdecl]<int>)&Nothing,
        ["nvmlShutdown"] = (nint)(delegate* unmanaged[Cdecl]<int>)&Nothing,
        ["nvmlErrorString"] = (nint)(delegate* unmanaged[Cdecl]<int, byte*>)&ErrorString,
        ["nvmlSystemGetDriverVersion"] = (nint)(delegate* unmanaged[Cdecl]<byte*, uint, int>)&DriverVersion,
        ["nvmlSystemGetCudaDriverVersion_v2"] = (nint)(delegate* unmanaged[Cdecl]<uint*, int>)&CudaVersion,
        ["nvmlDeviceGetCount_v2"] = (nint)(delegate* unmanaged[Cdecl]<uint*, int>)&Count,
        ["nvmlDeviceGetHandleByIndex_v2"] = (nint)(delegate* unmanaged[Cdecl]<uint, nint*, int>)&HandleByIndex,
        ["nvmlDeviceGetHandleByUUID"] = (nint)(delegate* unmanaged[Cdecl]<byte*, nint*, int>)&HandleByUuid,
        ["nvmlDeviceGetUUID"] = (nint)(delegate* unmanaged[Cdecl]<nint, byte*, uint, int>)&Uuid,
        ["nvmlDeviceGetName"] = (nint)(delegate* unmanaged[Cdecl]<nint, byte*, uint, int>)&Name,
        ["nvmlDeviceGetVbiosVersion"] = (nint)(delegate* unmanaged[Cdecl]<nint, byte*, uint, int>)&Vbios,
        ["nvmlDeviceGetPciInfo_v3"] = (nint)(delegate* unmanaged[Cdecl]<nint, NvmlPciAddress*, int>)&Pci,
        ["nvmlDeviceGetMemoryInfo"] = (nint)(delegate* unmanaged[Cdecl]<nint, NvmlMemory*, int>)&Memory,
        ["nvmlDeviceGetUtilizationRates"] = (nint)(delegate* unmanaged[Cdecl]<nint, NvmlUtilization*, int>)&Utilization,
        ["nvmlDeviceGetCudaComputeCapability"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint*, uint*, int>)&ComputeCapability,
        ["nvmlDeviceGetEccMode"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint*, uint*, int>)&EccMode,
        ["nvmlDeviceGetTotalEccErrors"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint, uint, ulong*, int>)&EccErrors,
        ["nvmlDeviceGetPersistenceMode"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint*, int>)&PersistenceMode,
        ["nvmlDeviceGetPowerManagementDefaultLimit"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint*, int>)&DefaultPowerLimit,
        ["nvmlDeviceGetEnforcedPowerLimit"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint*, int>)&PowerLimit,
        ["nvmlDeviceGetCurrPcieLinkGeneration"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint*, int>)&PcieGeneration,
        ["nvmlDeviceGetCurrPcieLinkWidth"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint*, int>)&PcieWidth,
        ["nvmlDeviceGetPowerUsage"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint*, int>)&PowerUsage,
        ["nvmlDeviceGetPerformanceState"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint*, int>)&PerformanceState,
        ["nvmlDeviceGetClockInfo"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint, uint*, int>)&Clock,
        ["nvmlDeviceGetMaxClockInfo"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint, uint*, int>)&MaximumClock,
        ["nvmlDeviceGetApplicationsClock"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint, uint*, int>)&ApplicationsClock,
        ["nvmlDeviceGetDefaultApplicationsClock"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint, uint*, int>)&DefaultApplicationsClock,
        ["nvmlDeviceSetGpuLockedClocks"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint, uint, int>)&LockClocks,
        ["nvmlDeviceResetGpuLockedClocks"] = (nint)(delegate* unmanaged[Cdecl]<nint, int>)&ResetClocks,
        ["nvmlDeviceGetTemperature"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint, uint*, int>)&Temperature,
        ["nvmlDeviceGetPcieThroughput"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint, uint*, int>)&PcieThroughput,
        ["nvmlDeviceGetCurrentClocksEventReasons"] = (nint)(delegate* unmanaged[Cdecl]<nint, ulong*, int>)&ClockEventReasons,
        ["nvmlDeviceGetTotalEnergyConsumption"] = (nint)(delegate* unmanaged[Cdecl]<nint, ulong*, int>)&TotalEnergy,
        ["nvmlDeviceGetViolationStatus"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint, NvmlViolation*, int>)&ViolationStatus,
        ["nvmlDeviceGetComputeRunningProcesses_v3"] = (nint)(delegate* unmanaged[Cdecl]<nint, uint*, NvmlProcess*, int>)&ComputeProcesses,
    };

    /// <summary>Address of a function; 0 for those it has not.</summary>
    internal static nint Symbol(string name) => Symbols.GetValueOrDefault(name);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Nothing() => NvmlCode.Success;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte* ErrorString(int code) => Failure;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int DriverVersion(byte* text, uint length) => Write(NvmlReplay.Current.Tracks[0].Device.Driver, text, length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CudaVersion(uint* version)
    {
        if (NvmlReplay.Current.Tracks[0].Device.Cuda is not { } told || !Version.TryParse(told, out Version? cuda)) return NvmlCode.NotSupported;
        *version = ((uint)cuda.Major * CudaMajor) + ((uint)cuda.Minor * CudaMinor);
        return NvmlCode.Success;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Count(uint* count)
    {
        *count = (uint)NvmlReplay.Current.Tracks.Count;
        return NvmlCode.Success;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int HandleByIndex(uint index, nint* handle)
    {
        if (index >= NvmlReplay.Current.Tracks.Count) return NvmlCode.InvalidArgument;
        *handle = (nint)index + 1;
        return NvmlCode.Success;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int HandleByUuid(byte* uuid, nint* handle)
    {
        string wanted = Marshal.PtrToStringUTF8((nint)uuid)!;
        IReadOnlyList<ReplayTrack> tracks = NvmlReplay.Current.Tracks;
        for (int i = 0; i < tracks.Count; i++)
        {
            if (tracks[i].Device.Uuid != wanted) continue;
            *handle = i + 1;
            return tracks[i].Now().Code ?? NvmlCode.Success;
        }

        return NvmlCode.NotFound;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Uuid(nint device, byte* text, uint length) => Write(Of(device).Device.Uuid, text, length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Name(nint device, byte* text, uint length) => Write(Of(device).Device.Name, text, length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Vbios(nint device, byte* text, uint length) => Write(Of(device).Device.Vbios, text, length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Pci(nint device, NvmlPciAddress* address)
    {
        string[] parts = (Of(device).Device.PciId ?? "").Split(':', '.');
        if (parts.Length != 4) return NvmlCode.NotSupported;
        *address = new NvmlPciAddress { Domain = Hexadecimal(parts[0]), Bus = Hexadecimal(parts[1]), Device = Hexadecimal(parts[2]) };
        return NvmlCode.Success;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Memory(nint device, NvmlMemory* memory)
    {
        ReplayTrack track = Of(device);
        if (track.Device.MemoryMib is not { } total) return NvmlCode.NotSupported;
        ReplayedState now = track.Now();
        ulong used = (ulong)(now.MemoryUsedMib ?? 0) * BytesPerMib;
        *memory = new NvmlMemory((ulong)total * BytesPerMib, ((ulong)total * BytesPerMib) - used, used);
        return now.Code ?? NvmlCode.Success;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Utilization(nint device, NvmlUtilization* utilization)
    {
        ReplayedState now = Of(device).Now();
        *utilization = new NvmlUtilization(now.Gpu ?? 0, 0);
        return Answer(now, now.Gpu is not null);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ComputeCapability(nint device, uint* major, uint* minor)
    {
        if (!Version.TryParse(Of(device).Device.ComputeCapability, out Version? version)) return NvmlCode.NotSupported;
        (*major, *minor) = ((uint)version.Major, (uint)version.Minor);
        return NvmlCode.Success;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int EccMode(nint device, uint* now, uint* next)
    {
        bool? isOn = Of(device).Device.Ecc;
        *now = *next = isOn == true ? 1u : 0;
        return isOn is null ? NvmlCode.NotSupported : NvmlCode.Success;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int EccErrors(nint device, uint kind, uint since, ulong* count)
    {
        ReplayedState now = Of(device).Now();
        return Give(now, now.EccErrors, count);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PersistenceMode(nint device, uint* mode) => Give(Of(device).Device.Persistence is { } isOn ? isOn ? 1u : 0 : null, mode);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int DefaultPowerLimit(nint device, uint* milliwatts) => Give(Of(device).Device.DefaultPowerLimitMw, milliwatts);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PowerLimit(nint device, uint* milliwatts) => Give(Of(device).Device.PowerLimitMw, milliwatts);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PcieGeneration(nint device, uint* generation) => Give(Of(device).Device.PcieGeneration, generation);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PcieWidth(nint device, uint* width) => Give(Of(device).Device.PcieWidth, width);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PowerUsage(nint device, uint* milliwatts)
    {
        ReplayedState now = Of(device).Now();
        return Give(now, now.PowerMw, milliwatts);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PerformanceState(nint device, uint* state)
    {
        ReplayedState now = Of(device).Now();
        return Give(now, now.PState, state);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Clock(nint device, uint kind, uint* megahertz)
    {
        ReplayedState now = Of(device).Now();
        return Give(now, kind == MemoryClock ? now.Mem : now.Sm, megahertz);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int MaximumClock(nint device, uint kind, uint* megahertz) => Give(kind == MemoryClock ? Of(device).Device.MaxMem : Of(device).Device.MaxSm, megahertz);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ApplicationsClock(nint device, uint kind, uint* megahertz) =>
        Give(kind == MemoryClock ? Of(device).Device.ApplicationsMem : Of(device).Device.ApplicationsSm, megahertz);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int DefaultApplicationsClock(nint device, uint kind, uint* megahertz) => Give(kind == MemoryClock ? null : Of(device).Device.DefaultApplicationsSm, megahertz);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int LockClocks(nint device, uint lowest, uint highest) => Of(device).SetClocks(string.Create(CultureInfo.InvariantCulture, $"lock {lowest}-{highest}"));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ResetClocks(nint device) => Of(device).SetClocks("reset");

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Temperature(nint device, uint sensor, uint* celsius)
    {
        ReplayedState now = Of(device).Now();
        return Give(now, now.TempC, celsius);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PcieThroughput(nint device, uint direction, uint* kilobytes)
    {
        ReplayedState now = Of(device).Now();
        return Give(now, direction == Received ? now.PcieReceived : now.PcieSent, kilobytes);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ClockEventReasons(nint device, ulong* reasons)
    {
        ReplayedState now = Of(device).Now();
        return Give(now, now.Reasons, reasons);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int TotalEnergy(nint device, ulong* millijoules)
    {
        ReplayedState now = Of(device).Now();
        return Give(now, now.EnergyMj, millijoules);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ViolationStatus(nint device, uint policy, NvmlViolation* violation)
    {
        ReplayedState now = Of(device).Now();
        ulong? nanoseconds = (NvmlPolicy)policy switch
        {
            NvmlPolicy.Power => now.ViolationNs?.Power,
            NvmlPolicy.Thermal => now.ViolationNs?.Thermal,
            NvmlPolicy.SyncBoost => now.ViolationNs?.SyncBoost,
            NvmlPolicy.BoardLimit => now.ViolationNs?.BoardLimit,
            _ => now.ViolationNs?.Reliability,
        };
        *violation = new NvmlViolation(0, nanoseconds ?? 0);
        return Answer(now, nanoseconds is not null);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ComputeProcesses(nint device, uint* count, NvmlProcess* processes)
    {
        ReplayedState now = Of(device).Now();
        if (Answer(now, now.Processes is not null) is not NvmlCode.Success and var failure) return failure;
        uint room = *count;
        *count = (uint)now.Processes!.Value;
        if (room < *count) return NvmlCode.InsufficientSize;
        for (uint i = 0; i < *count; i++) processes[i] = new NvmlProcess(FirstProcess + i, 0, 0, 0);
        return NvmlCode.Success;
    }

    private static ReplayTrack Of(nint device) => NvmlReplay.Current.Tracks[(int)device - 1];

    private static int Answer(ReplayedState now, bool isTold) => now.Code is { } code and not NvmlCode.Success ? code : isTold ? NvmlCode.Success : NvmlCode.NotSupported;

    private static int Give(uint? value, uint* to)
    {
        *to = value ?? 0;
        return value is null ? NvmlCode.NotSupported : NvmlCode.Success;
    }

    private static int Give(ReplayedState now, uint? value, uint* to)
    {
        *to = value ?? 0;
        return Answer(now, value is not null);
    }

    private static int Give(ReplayedState now, ulong? value, ulong* to)
    {
        *to = value ?? 0;
        return Answer(now, value is not null);
    }

    private static int Write(string? value, byte* text, uint length)
    {
        if (value is null) return NvmlCode.NotSupported;
        byte[] bytes = Encoding.UTF8.GetBytes(value + '\0');
        if (bytes.Length > length) return NvmlCode.InsufficientSize;
        bytes.CopyTo(new Span<byte>(text, (int)length));
        return NvmlCode.Success;
    }

    private static uint Hexadecimal(string digits) => uint.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint value) ? value : 0;

    private static byte* Unmoved(string text) => (byte*)Marshal.StringToCoTaskMemUTF8(text);
}
