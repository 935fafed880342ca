using System.Globalization;

namespace Fleetmark.Agent.Nvml;

/// <summary>
/// One GPU or one MIG instance. A value the library or the device does not have, or that this user may not see, is null. Not for several threads at once.
/// </summary>
/// <param name="functions">The library.</param>
/// <param name="handle">The device.</param>
/// <param name="card">The whole card: of a MIG instance its parent, which alone knows clocks, heat and power.</param>
internal sealed unsafe class NvmlDevice(NvmlFunctions functions, nint handle, nint card)
{
    private const uint TextLength = 96;
    private const uint SmClock = 1;
    private const uint MemoryClock = 2;
    private const uint Chip = 0;
    private const uint Uncorrected = 1;
    private const uint SinceStart = 0;
    private const uint Sent = 0;
    private const uint Received = 1;
    private const double MilliwattsPerWatt = 1000;
    private const int SpareProcesses = 8;

    /// <summary>The answer that said that the device is lost, of the newest call that said so; null when none did.</summary>
    internal int? Loss { get; private set; }

    internal bool IsMigInstance => handle != card;

    /// <summary>Identity, such as <c>GPU-…</c> or <c>MIG-…</c>.</summary>
    internal string? Uuid() => Text(functions.Uuid, handle);

    /// <summary>Memory in bytes: all of it, and what is used now.</summary>
    internal NvmlMemory? Memory()
    {
        NvmlMemory value;
        return functions.Memory is not null && Works(functions.Memory(handle, &value)) ? value : null;
    }

    internal uint? SmClockMhz() => Selected(functions.Clock, SmClock);

    /// <summary>The clock that applications are promised by default (<c>nvmlDeviceGetDefaultApplicationsClock</c>), whatever an administrator promises them now.</summary>
    internal uint? BaseSmClockMhz() => Selected(functions.DefaultApplicationsClock, SmClock);

    /// <summary>The highest clock (<c>nvmlDeviceGetMaxClockInfo</c>).</summary>
    internal uint? MaximumSmClockMhz() => Selected(functions.MaximumClock, SmClock);

    /// <summary>Locks the clock of the whole card to one value until <see cref="ResetClocks"/>; the driver takes the closest one it has.</summary>
    /// <returns>The driver's answer.</returns>
    internal int LockClocks(uint megahertz) => Answer(functions.LockClocks is null ? NvmlCode.NotSupported : functions.LockClocks(card, megahertz, megahertz));

    /// <summary>Gives the clock back to the card.</summary>
    /// <returns>The driver's answer.</returns>
    internal int ResetClocks() => Answer(functions.ResetClocks is null ? NvmlCode.NotSupported : functions.ResetClocks(card));

    internal uint? MemoryClockMhz() => Selected(functions.Clock, MemoryClock);

    internal uint? TemperatureC() => Selected(functions.Temperature, Chip);

    internal uint? PowerMw() => Number(functions.PowerUsage);

    /// <summary>0 = fastest.</summary>
    internal uint? PerformanceState() => Number(functions.PerformanceState);

    internal NvmlUtilization? Utilization()
    {
        NvmlUtilization value;
        return functions.Utilization is not null && Works(functions.Utilization(card, &value)) ? value : null;
    }

    /// <summary>Bits of <see cref="ClockEvents"/>.</summary>
    internal ulong? ClockEventReasons() => Long(functions.ClockEventReasons);

    /// <summary>Sent over the bus, in KB/s. The call lasts 20 ms.</summary>
    internal uint? PcieSent() => Selected(functions.PcieThroughput, Sent);

    /// <summary>Received over the bus, in KB/s. The call lasts 20 ms.</summary>
    internal uint? PcieReceived() => Selected(functions.PcieThroughput, Received);

    internal PcieLink Link() => new(Number(functions.PcieGeneration), Number(functions.PcieWidth));

    /// <summary>How long a policy has held the clocks down since the driver was loaded, in nanoseconds.</summary>
    internal ulong? ViolationNanoseconds(NvmlPolicy policy)
    {
        NvmlViolation value;
        return functions.ViolationStatus is not null && Works(functions.ViolationStatus(card, (uint)policy, &value)) ? value.ViolationNanoseconds : null;
    }

    /// <summary>In mJ since the driver was loaded.</summary>
    internal ulong? EnergyMj() => Long(functions.TotalEnergy);

    /// <summary>Memory errors that could not be corrected, since the driver was loaded.</summary>
    internal ulong? UncorrectedEccErrors()
    {
        ulong value;
        return functions.EccErrors is not null && Works(functions.EccErrors(card, Uncorrected, SinceStart, &value)) ? value : null;
    }

    /// <summary>Numbers of the processes that compute on it, as the driver tells them; null when it does not.</summary>
    internal IReadOnlyList<uint>? ComputeProcesses()
    {
        if (functions.ComputeProcesses is null) return null;
        uint count = 0;
        int code = functions.ComputeProcesses(handle, &count, null);
        // Processes may begin between two calls, so the list is asked for until it fits.
        while (code == NvmlCode.InsufficientSize)
        {
            count += SpareProcesses;
            var found = new NvmlProcess[count];
            fixed (NvmlProcess* first = found) code = functions.ComputeProcesses(handle, &count, first);
            if (code == NvmlCode.Success) return [.. found.Take((int)count).Select(process => process.ProcessId)];
        }

        return Works(code) ? [] : null;
    }

    /// <summary>Reads what changes rarely.</summary>
    internal GpuFacts Facts() => new()
    {
        Name = Text(functions.Name, handle),
        PciId = Pci(),
        ComputeCapability = Pair(functions.ComputeCapability) is var (major, minor) ? string.Create(CultureInfo.InvariantCulture, $"{major}.{minor}") : null,
        Vbios = Text(functions.Vbios, card),
        MemoryBytes = (long?)Memory()?.Total,
        Ecc = Pair(functions.EccMode) is { } ecc ? ecc.First == 1 : null,
        Mig = IsDivided(),
        Persistence = Number(functions.PersistenceMode) is { } mode ? mode == 1 : null,
        DefaultPowerLimitW = Number(functions.DefaultPowerLimit) / MilliwattsPerWatt,
        PowerLimitW = Number(functions.EnforcedPowerLimit) / MilliwattsPerWatt,
        MaximumSmClockMhz = (int?)Selected(functions.MaximumClock, SmClock),
        MaximumMemoryClockMhz = (int?)Selected(functions.MaximumClock, MemoryClock),
        ApplicationsSmClockMhz = (int?)Selected(functions.ApplicationsClock, SmClock),
        ApplicationsMemoryClockMhz = (int?)Selected(functions.ApplicationsClock, MemoryClock),
    };

    /// <summary>True when the card is divided into MIG instances; null where no card can be.</summary>
    internal bool? IsDivided() => Pair(functions.MigMode) is { } mode ? mode.First == 1 : null;

    private string? Pci()
    {
        NvmlPciAddress value;
        return functions.Pci is not null && Works(functions.Pci(card, &value)) ? value.ToString() : null;
    }

    private string? Text(delegate* unmanaged[Cdecl]<nint, byte*, uint, int> function, nint of)
    {
        byte* text = stackalloc byte[(int)TextLength];
        return function is not null && Works(function(of, text, TextLength)) ? NvmlText.Read(text, TextLength) : null;
    }

    private uint? Number(delegate* unmanaged[Cdecl]<nint, uint*, int> function)
    {
        uint value;
        return function is not null && Works(function(card, &value)) ? value : null;
    }

    private uint? Selected(delegate* unmanaged[Cdecl]<nint, uint, uint*, int> function, uint selector)
    {
        uint value;
        return function is not null && Works(function(card, selector, &value)) ? value : null;
    }

    private (uint First, uint Second)? Pair(delegate* unmanaged[Cdecl]<nint, uint*, uint*, int> function)
    {
        uint first, second;
        return function is not null && Works(function(card, &first, &second)) ? (first, second) : null;
    }

    private ulong? Long(delegate* unmanaged[Cdecl]<nint, ulong*, int> function)
    {
        ulong value;
        return function is not null && Works(function(card, &value)) ? value : null;
    }

    private bool Works(int code) => Answer(code) == NvmlCode.Success;

    private int Answer(int code)
    {
        if (NvmlCode.IsLoss(code)) Loss = code;
        return code;
    }
}
