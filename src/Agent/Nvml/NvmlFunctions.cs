namespace Fleetmark.Agent.Nvml;

/// <summary>
/// The functions of NVML that are used, each found by its name and 0 where the library has none of that name: drivers differ. Every function gives an
/// <see cref="NvmlCode"/>. A handle of a device is a pointer nobody looks behind.
/// </summary>
/// <param name="symbol">Address of a name; 0 when there is none. <see cref="NvmlSymbols"/> for the real library.</param>
internal sealed unsafe class NvmlFunctions(Func<string, nint> symbol)
{
    internal readonly delegate* unmanaged[Cdecl]<int> Init = (delegate* unmanaged[Cdecl]<int>)symbol("nvmlInit_v2");
    internal readonly delegate* unmanaged[Cdecl]<int> Shutdown = (delegate* unmanaged[Cdecl]<int>)symbol("nvmlShutdown");
    internal readonly delegate* unmanaged[Cdecl]<int, byte*> ErrorString = (delegate* unmanaged[Cdecl]<int, byte*>)symbol("nvmlErrorString");
    internal readonly delegate* unmanaged[Cdecl]<byte*, uint, int> DriverVersion = (delegate* unmanaged[Cdecl]<byte*, uint, int>)symbol("nvmlSystemGetDriverVersion");
    internal readonly delegate* unmanaged[Cdecl]<uint*, int> CudaDriverVersion = (delegate* unmanaged[Cdecl]<uint*, int>)symbol("nvmlSystemGetCudaDriverVersion_v2");

    internal readonly delegate* unmanaged[Cdecl]<uint*, int> Count = (delegate* unmanaged[Cdecl]<uint*, int>)symbol("nvmlDeviceGetCount_v2");
    internal readonly delegate* unmanaged[Cdecl]<uint, nint*, int> HandleByIndex = (delegate* unmanaged[Cdecl]<uint, nint*, int>)symbol("nvmlDeviceGetHandleByIndex_v2");
    internal readonly delegate* unmanaged[Cdecl]<byte*, nint*, int> HandleByUuid = (delegate* unmanaged[Cdecl]<byte*, nint*, int>)symbol("nvmlDeviceGetHandleByUUID");
    internal readonly delegate* unmanaged[Cdecl]<nint, uint, nint*, int> MigHandleByIndex =
        (delegate* unmanaged[Cdecl]<nint, uint, nint*, int>)symbol("nvmlDeviceGetMigDeviceHandleByIndex");

    internal readonly delegate* unmanaged[Cdecl]<nint, byte*, uint, int> Uuid = Text(symbol, "nvmlDeviceGetUUID");
    internal readonly delegate* unmanaged[Cdecl]<nint, byte*, uint, int> Name = Text(symbol, "nvmlDeviceGetName");
    internal readonly delegate* unmanaged[Cdecl]<nint, byte*, uint, int> Vbios = Text(symbol, "nvmlDeviceGetVbiosVersion");

    internal readonly delegate* unmanaged[Cdecl]<nint, NvmlPciAddress*, int> Pci = (delegate* unmanaged[Cdecl]<nint, NvmlPciAddress*, int>)symbol("nvmlDeviceGetPciInfo_v3");
    internal readonly delegate* unmanaged[Cdecl]<nint, NvmlMemory*, int> Memory = (delegate* unmanaged[Cdecl]<nint, NvmlMemory*, int>)symbol("nvmlDeviceGetMemoryInfo");
    internal readonly delegate* unmanaged[Cdecl]<nint, NvmlUtilization*, int> Utilization =
        (delegate* unmanaged[Cdecl]<nint, NvmlUtilization*, int>)symbol("nvmlDeviceGetUtilizationRates");

    /// <summary>Major and minor number.</summary>
    internal readonly delegate* unmanaged[Cdecl]<nint, uint*, uint*, int> ComputeCapability = Pair(symbol, "nvmlDeviceGetCudaComputeCapability");

    /// <summary>What is, and what will be after a restart.</summary>
    internal readonly delegate* unmanaged[Cdecl]<nint, uint*, uint*, int> EccMode = Pair(symbol, "nvmlDeviceGetEccMode");

    /// <summary>What is, and what will be after a restart.</summary>
    internal readonly delegate* unmanaged[Cdecl]<nint, uint*, uint*, int> MigMode = Pair(symbol, "nvmlDeviceGetMigMode");

    /// <summary>Kind of error (1 = uncorrected), since when (0 = start of the driver).</summary>
    internal readonly delegate* unmanaged[Cdecl]<nint, uint, uint, ulong*, int> EccErrors =
        (delegate* unmanaged[Cdecl]<nint, uint, uint, ulong*, int>)symbol("nvmlDeviceGetTotalEccErrors");

    internal readonly delegate* unmanaged[Cdecl]<nint, uint*, int> PersistenceMode = Number(symbol, "nvmlDeviceGetPersistenceMode");
    internal readonly delegate* unmanaged[Cdecl]<nint, uint*, int> DefaultPowerLimit = Number(symbol, "nvmlDeviceGetPowerManagementDefaultLimit");
    internal readonly delegate* unmanaged[Cdecl]<nint, uint*, int> EnforcedPowerLimit = Number(symbol, "nvmlDeviceGetEnforcedPowerLimit");
    internal readonly delegate* unmanaged[Cdecl]<nint, uint*, int> PcieGeneration = Number(symbol, "nvmlDeviceGetCurrPcieLinkGeneration");
    internal readonly delegate* unmanaged[Cdecl]<nint, uint*, int> PcieWidth = Number(symbol, "nvmlDeviceGetCurrPcieLinkWidth");
    internal readonly delegate* unmanaged[Cdecl]<nint, uint*, int> PowerUsage = Number(symbol, "nvmlDeviceGetPowerUsage");
    internal readonly delegate* unmanaged[Cdecl]<nint, uint*, int> PerformanceState = Number(symbol, "nvmlDeviceGetPerformanceState");

    /// <summary>Kind of clock: 1 = SM, 2 = memory; in MHz, as for the next three.</summary>
    internal readonly delegate* unmanaged[Cdecl]<nint, uint, uint*, int> Clock = Selected(symbol, "nvmlDeviceGetClockInfo");
    internal readonly delegate* unmanaged[Cdecl]<nint, uint, uint*, int> MaximumClock = Selected(symbol, "nvmlDeviceGetMaxClockInfo");
    internal readonly delegate* unmanaged[Cdecl]<nint, uint, uint*, int> ApplicationsClock = Selected(symbol, "nvmlDeviceGetApplicationsClock");

    internal readonly delegate* unmanaged[Cdecl]<nint, uint, uint*, int> DefaultApplicationsClock = Selected(symbol, "nvmlDeviceGetDefaultApplicationsClock");

    /// <summary>Lowest and highest clock in MHz; needs root, and holds until it is reset, whoever lives.</summary>
    internal readonly delegate* unmanaged[Cdecl]<nint, uint, uint, int> LockClocks = (delegate* unmanaged[Cdecl]<nint, uint, uint, int>)symbol("nvmlDeviceSetGpuLockedClocks");
    internal readonly delegate* unmanaged[Cdecl]<nint, int> ResetClocks = (delegate* unmanaged[Cdecl]<nint, int>)symbol("nvmlDeviceResetGpuLockedClocks");

    /// <summary>Sensor: 0 = the chip; in °C.</summary>
    internal readonly delegate* unmanaged[Cdecl]<nint, uint, uint*, int> Temperature = Selected(symbol, "nvmlDeviceGetTemperature");

    /// <summary>Direction: 0 = sent, 1 = received; in KB/s. The call lasts 20 ms.</summary>
    internal readonly delegate* unmanaged[Cdecl]<nint, uint, uint*, int> PcieThroughput = Selected(symbol, "nvmlDeviceGetPcieThroughput");

    /// <summary>Bits of reasons why clocks are what they are; the older name is that of drivers before 535.</summary>
    internal readonly delegate* unmanaged[Cdecl]<nint, ulong*, int> ClockEventReasons =
        Long(symbol, symbol("nvmlDeviceGetCurrentClocksEventReasons") != 0 ? "nvmlDeviceGetCurrentClocksEventReasons" : "nvmlDeviceGetCurrentClocksThrottleReasons");

    /// <summary>In mJ since the driver was loaded.</summary>
    internal readonly delegate* unmanaged[Cdecl]<nint, ulong*, int> TotalEnergy = Long(symbol, "nvmlDeviceGetTotalEnergyConsumption");

    internal readonly delegate* unmanaged[Cdecl]<nint, uint, NvmlViolation*, int> ViolationStatus =
        (delegate* unmanaged[Cdecl]<nint, uint, NvmlViolation*, int>)symbol("nvmlDeviceGetViolationStatus");

    internal readonly delegate* unmanaged[Cdecl]<nint, uint*, NvmlProcess*, int> ComputeProcesses =
        (delegate* unmanaged[Cdecl]<nint, uint*, NvmlProcess*, int>)symbol("nvmlDeviceGetComputeRunningProcesses_v3");

    private static delegate* unmanaged[Cdecl]<nint, byte*, uint, int> Text(Func<string, nint> symbol, string name) => (delegate* unmanaged[Cdecl]<nint, byte*, uint, int>)symbol(name);

    private static delegate* unmanaged[Cdecl]<nint, uint*, int> Number(Func<string, nint> symbol, string name) => (delegate* unmanaged[Cdecl]<nint, uint*, int>)symbol(name);

    private static delegate* unmanaged[Cdecl]<nint, uint, uint*, int> Selected(Func<string, nint> symbol, string name) => (delegate* unmanaged[Cdecl]<nint, uint, uint*, int>)symbol(name);

    private static delegate* unmanaged[Cdecl]<nint, uint*, uint*, int> Pair(Func<string, nint> symbol, string name) => (delegate* unmanaged[Cdecl]<nint, uint*, uint*, int>)symbol(name);

    private static delegate* unmanaged[Cdecl]<nint, ulong*, int> Long(Func<string, nint> symbol, string name) => (delegate* unmanaged[Cdecl]<nint, ulong*, int>)symbol(name);
}
