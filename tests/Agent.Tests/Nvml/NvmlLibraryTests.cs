using System.Runtime.CompilerServices;
using Fleetmark.Agent.Nvml;

namespace Fleetmark.Agent.Tests.Nvml;

/// <summary>The binding over a scripted library: layouts, selectors, missing functions and codes.</summary>
[Collection(nameof(OneLibraryAtATime))]
public sealed class NvmlLibraryTests : IDisposable
{
    public NvmlLibraryTests() => FakeNvml.Reset();

    public void Dispose() => FakeNvml.Reset();

    [Fact]
    public void Structs_have_the_size_the_library_writes()
    {
        Assert.Equal(24, Unsafe.SizeOf<NvmlProcess>());
        Assert.Equal(24, Unsafe.SizeOf<NvmlMemory>());
        Assert.Equal(8, Unsafe.SizeOf<NvmlUtilization>());
        Assert.Equal(16, Unsafe.SizeOf<NvmlViolation>());
        Assert.Equal(68, Unsafe.SizeOf<NvmlPciAddress>());
    }

    [Fact]
    public void A_machine_without_the_library_has_no_devices_and_nothing_to_tell()
    {
        Assert.Null(NvmlSymbols.Of("libfleetmark-no-such-library.so.1"));
        using var none = NvmlLibrary.Open(null);
        Assert.Empty(none.Devices());
        Assert.Equal((null, null, null), (none.Problem, none.DriverVersion, none.CudaVersion));
        Assert.Equal(NvmlCode.NotFound, none.Find("GPU-8").Code);
    }

    [Fact]
    public void A_library_without_its_driver_has_no_devices_and_says_why()
    {
        FakeNvml.Codes["init"] = NvmlCode.DriverNotLoaded;
        using var library = NvmlLibrary.Open(FakeNvml.Symbol);
        Assert.Empty(library.Devices());
        Assert.Contains("code 9", library.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_of_driver_and_cuda_are_told_as_people_write_them()
    {
        using var library = NvmlLibrary.Open(FakeNvml.Symbol);
        Assert.Equal(("570.86.15", "12.8"), (library.DriverVersion, library.CudaVersion));
    }

    [Fact]
    public void Of_a_divided_card_the_instances_are_devices_and_gaps_between_them_do_not_matter()
    {
        using var library = NvmlLibrary.Open(FakeNvml.Symbol);
        Assert.Equal(["MIG-71", "MIG-73", "GPU-8"], library.Devices().Select(device => device.Uuid()));
        Assert.Equal([true, true, false], library.Devices().Select(device => device.IsMigInstance));
    }

    [Fact]
    public void Clocks_heat_and_power_of_an_instance_are_those_of_its_card()
    {
        using var library = NvmlLibrary.Open(FakeNvml.Symbol);
        NvmlDevice instance = library.Devices()[0];
        FakeNvml.Calls.Clear();
        instance.SmClockMhz();
        instance.TemperatureC();
        instance.PowerMw();
        Assert.All(FakeNvml.Calls, call => Assert.Equal(FakeNvml.DividedCard, call.Handle));
        FakeNvml.Calls.Clear();
        instance.ComputeProcesses();
        instance.Memory();
        Assert.All(FakeNvml.Calls, call => Assert.Equal(71, call.Handle));
    }

    [Fact]
    public void Values_are_read_with_the_selector_that_means_them()
    {
        NvmlDevice device = Device();
        Assert.Equal((1590u, 5000u, 61u, 69_800u), (device.SmClockMhz(), device.MemoryClockMhz(), device.TemperatureC(), device.PowerMw()));
        Assert.Equal(new NvmlUtilization(97, 40), device.Utilization());
        Assert.Equal(16_106_127_360ul, device.Memory()!.Value.Total);
        Assert.Equal(106_127_360ul, device.Memory()!.Value.Used);
        Assert.Equal(5_000_000_000ul, device.EnergyMj());
        Assert.Equal(11ul, device.UncorrectedEccErrors());
        Assert.Equal([1000ul, 1001ul, 1002ul, 1003ul, 1005ul], Enum.GetValues<NvmlPolicy>().Select(policy => device.ViolationNanoseconds(policy)!.Value));
        GpuFacts facts = device.Facts();
        Assert.Equal(("Tesla T4", "0000:3b:1e.0", "7.5", 16_106_127_360L, false), (facts.Name, facts.PciId, facts.ComputeCapability, facts.MemoryBytes, facts.Mig));
        Assert.Null(device.Loss);
    }

    [Fact]
    public void Functions_the_library_lacks_are_values_nobody_knows()
    {
        FakeNvml.Missing.Add("nvmlDeviceGetPcieThroughput");
        using var library = NvmlLibrary.Open(FakeNvml.Symbol);
        NvmlDevice device = library.Devices()[^1];
        Assert.Null(device.PerformanceState());
        Assert.Equal((null, null), (device.PcieSent(), device.PcieReceived()));
        GpuFacts facts = device.Facts();
        Assert.Equal((null, null, null, null), (facts.Vbios, facts.Ecc, facts.Persistence, facts.PowerLimitW));
    }

    [Fact]
    public void Clocks_are_locked_to_one_value_and_reset_and_the_driver_answers()
    {
        NvmlDevice device = Device();
        FakeNvml.Calls.Clear();
        Assert.Equal((585u, 1600u), (device.BaseSmClockMhz(), device.MaximumSmClockMhz()));
        Assert.Equal((NvmlCode.Success, NvmlCode.Success), (device.LockClocks(585), device.ResetClocks()));
        Assert.Equal([("base-clock", FakeNvml.Card, 1u), ("max-clock", FakeNvml.Card, 1u), ("lock", FakeNvml.Card, 585u), ("reset", FakeNvml.Card, 0u)], FakeNvml.Calls);
        (FakeNvml.Codes["lock"], FakeNvml.Codes["reset"]) = (NvmlCode.NoPermission, NvmlCode.GpuIsLost);
        Assert.Equal((NvmlCode.NoPermission, null), (device.LockClocks(585), device.Loss));
        Assert.Equal((NvmlCode.GpuIsLost, NvmlCode.GpuIsLost), (device.ResetClocks(), device.Loss));
    }

    [Fact]
    public void A_library_that_cannot_lock_clocks_answers_as_one_that_does_not_support_it()
    {
        FakeNvml.Missing.UnionWith(["nvmlDeviceSetGpuLockedClocks", "nvmlDeviceResetGpuLockedClocks", "nvmlDeviceGetDefaultApplicationsClock"]);
        NvmlDevice device = Device();
        Assert.Equal((NvmlCode.NotSupported, NvmlCode.NotSupported, null), (device.LockClocks(585), device.ResetClocks(), device.BaseSmClockMhz()));
    }

    [Theory]
    [InlineData(NvmlCode.NotSupported)]
    [InlineData(NvmlCode.NoPermission)]
    [InlineData(999)]
    public void What_a_device_does_not_have_or_may_not_tell_is_a_value_nobody_knows(int code)
    {
        NvmlDevice device = Device();
        foreach (string function in new[] { "clock", "temperature", "power", "utilization", "memory", "energy", "ecc", "violation", "processes", "new-reasons", "capability", "pci" }) FakeNvml.Codes[function] = code;
        Assert.Equal((null, null, null), (device.SmClockMhz(), device.TemperatureC(), device.PowerMw()));
        Assert.Equal((null, null, null), (device.Utilization(), device.Memory(), device.EnergyMj()));
        Assert.Equal((null, null, null), (device.UncorrectedEccErrors(), device.ViolationNanoseconds(NvmlPolicy.Thermal), device.ClockEventReasons()));
        Assert.Null(device.ComputeProcesses());
        Assert.Equal((null, null), (device.Facts().ComputeCapability, device.Facts().PciId));
        Assert.Null(device.Loss);
    }

    [Theory]
    [InlineData(NvmlCode.DriverNotLoaded)]
    [InlineData(NvmlCode.GpuIsLost)]
    [InlineData(NvmlCode.ResetRequired)]
    public void A_device_that_cannot_be_used_any_more_says_so(int code)
    {
        NvmlDevice device = Device();
        FakeNvml.Codes["temperature"] = code;
        Assert.Equal(1590u, device.SmClockMhz());
        Assert.Null(device.Loss);
        Assert.Null(device.TemperatureC());
        Assert.Equal(code, device.Loss);
    }

    [Fact]
    public void Drivers_before_535_have_an_older_name_for_the_reasons_of_clocks()
    {
        Assert.Equal((ulong)ClockEvents.PowerCap, Device().ClockEventReasons());
        FakeNvml.Missing.Add("nvmlDeviceGetCurrentClocksEventReasons");
        Assert.Equal((ulong)ClockEvents.SoftwareThermal, Device().ClockEventReasons());
    }

    [Fact]
    public void The_list_of_processes_is_asked_for_until_it_fits()
    {
        NvmlDevice device = Device();
        Assert.Empty(device.ComputeProcesses()!);
        FakeNvml.Processes.AddRange([41, 42, 43]);
        FakeNvml.GrowsBy = 2;
        FakeNvml.Calls.Clear();
        IReadOnlyList<uint> processes = device.ComputeProcesses()!;
        Assert.Equal([41u, 42u, 43u], processes.Take(3));
        Assert.Equal(23, processes.Count);
        Assert.True(FakeNvml.Calls.Count > 2, "it did not ask again");
    }

    [Fact]
    public void A_device_is_found_by_its_identity_or_the_answer_says_why_not()
    {
        using var library = NvmlLibrary.Open(FakeNvml.Symbol);
        Assert.Equal("GPU-8", library.Find("GPU-8").Device!.Uuid());
        Assert.True(library.Find("MIG-71").Device!.IsMigInstance);
        Assert.Equal((null, NvmlCode.NotFound), library.Find("GPU-other"));
        FakeNvml.Codes["by-uuid"] = NvmlCode.GpuIsLost;
        Assert.Equal((null, NvmlCode.GpuIsLost), library.Find("GPU-8"));
        Assert.Equal("NVML code 15 (GPU is lost)", library.Describe(15));
    }

    [Fact]
    public void The_library_is_shut_down_once_it_was_started()
    {
        NvmlLibrary.Open(FakeNvml.Symbol).Dispose();
        Assert.Equal(["init", "shutdown"], FakeNvml.Calls.Select(call => call.Function));
    }

    private static NvmlDevice Device() => NvmlLibrary.Open(FakeNvml.Symbol).Devices()[^1];
}
