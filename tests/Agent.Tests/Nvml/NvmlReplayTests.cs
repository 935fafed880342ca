using Fleetmark.Agent.Nvml;
using Fleetmark.Agent.Nvml.Replay;
using Fleetmark.Documents;
using Microsoft.Extensions.Time.Testing;

namespace Fleetmark.Agent.Tests.Nvml;

/// <summary>A replayed device, read through the real binding, with a clock of its own.</summary>
[Collection(nameof(OneLibraryAtATime))]
public sealed class NvmlReplayTests : IDisposable
{
    private const string T4 = """
        {"device":0,"uuid":"GPU-t4","name":"Tesla T4","computeCapability":"7.5","memoryMib":15360,"pciId":"0000:3b:00.0","vbios":"90.04","driver":"570.86.15","cuda":"12.8","defaultPowerLimitMw":70000,"powerLimitMw":60000,"ecc":true,"persistence":false,"maxSm":1590,"pcieGeneration":3,"pcieWidth":8}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_line_of_a_device_is_what_it_is()
    {
        NvmlLibrary library = Open(T4);
        Assert.True(library.IsSimulated);
        Assert.Equal(("570.86.15", "12.8"), (library.DriverVersion, library.CudaVersion));
        NvmlDevice device = Assert.Single(library.Devices());
        Assert.Equal("GPU-t4", device.Uuid());
        Assert.Equal(
            new GpuFacts
            {
                Name = "Tesla T4",
                PciId = "0000:3b:00.0",
                ComputeCapability = "7.5",
                Vbios = "90.04",
                MemoryBytes = 15360L << 20,
                Ecc = true,
                Persistence = false,
                DefaultPowerLimitW = 70,
                PowerLimitW = 60,
                MaximumSmClockMhz = 1590,
            },
            device.Facts());
        Assert.Equal(new PcieLink(3, 8), device.Link());
    }

    [Theory]
    [InlineData(null, NvmlCode.Success)]
    [InlineData("denied", NvmlCode.NoPermission)]
    [InlineData("not-supported", NvmlCode.NotSupported)]
    public void Clocks_are_locked_as_far_as_the_first_line_lets_and_every_call_is_kept(string? word, int code)
    {
        string said = word is null ? "" : $",\"lockedClocks\":\"{word}\"";
        NvmlLibrary library = Open(T4.Replace("\"maxSm\":1590", "\"maxSm\":1590,\"defaultApplicationsSm\":585" + said, StringComparison.Ordinal));
        NvmlDevice device = Assert.Single(library.Devices());
        Assert.Equal((585u, 1590u), (device.BaseSmClockMhz(), device.MaximumSmClockMhz()));
        Assert.Equal(code, device.LockClocks(600));
        library.Timeline!.Begin("GPU-t4");
        Assert.Equal(code, device.ResetClocks());
        library.Timeline.End("GPU-t4");
        device.ResetClocks();
        Assert.Equal(["lock 600-600 after launch 0", "reset during launch 1", "reset after launch 1"], NvmlReplay.Current.Find("GPU-t4")!.ClockCalls);
    }

    [Fact]
    public void A_word_for_locking_clocks_that_is_none_is_refused() => Assert.Contains(
        "lockedClocks is denied or not-supported",
        Assert.Throws<ProblemException>(() => Open(T4.Replace("\"maxSm\"", "\"lockedClocks\":\"never\",\"maxSm\"", StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    [Fact]
    public void What_no_line_says_the_device_does_not_have()
    {
        NvmlDevice device = Open(T4, """{"t":0,"device":0,"sm":1000}""").Devices()[0];
        Assert.Equal(1000u, device.SmClockMhz());
        Assert.Equal((null, null, null), (device.TemperatureC(), device.PowerMw(), device.EnergyMj()));
        Assert.Equal((null, null), (device.ViolationNanoseconds(NvmlPolicy.Thermal), device.ComputeProcesses()));
        Assert.Null(device.Loss);
    }

    [Fact]
    public void Time_runs_towards_the_start_of_sampling_and_waits_for_it()
    {
        NvmlLibrary library = Open(T4, Sm(-2000, 300), Sm(-1000, 800), Sm(0, 1500), Sm(500, 1590));
        NvmlDevice device = library.Devices()[0];
        Assert.Equal(300u, device.SmClockMhz());
        After(10_000);
        Assert.Equal(300u, device.SmClockMhz());
        library.Timeline!.Begin("GPU-t4");
        Assert.Equal(300u, device.SmClockMhz());
        After(1000);
        Assert.Equal(800u, device.SmClockMhz());
        After(60_000);
        Assert.Equal(800u, device.SmClockMhz());
        library.Timeline.Sample("GPU-t4");
        Assert.Equal(1500u, device.SmClockMhz());
        After(499);
        Assert.Equal(1500u, device.SmClockMhz());
        library.Timeline.Sample("GPU-t4");
        After(1);
        Assert.Equal(1590u, device.SmClockMhz());
        library.Timeline.End("GPU-t4");
        After(60_000);
        Assert.Equal(1590u, device.SmClockMhz());
    }

    [Fact]
    public void A_value_stays_until_another_line_changes_it()
    {
        NvmlLibrary library = Open(T4, """{"t":0,"device":0,"tempC":60,"powerMw":50000}""", """{"t":100,"device":0,"tempC":61}""");
        library.Timeline!.Begin("GPU-t4");
        library.Timeline.Sample("GPU-t4");
        After(100);
        Assert.Equal((61u, 50_000u), (library.Devices()[0].TemperatureC(), library.Devices()[0].PowerMw()));
    }

    [Fact]
    public void Between_launches_the_worker_is_not_among_the_processes()
    {
        NvmlLibrary library = Open(T4, """{"t":-1000,"device":0,"processes":2}""", """{"t":0,"device":0,"processes":1}""");
        NvmlDevice device = library.Devices()[0];
        Assert.Single(device.ComputeProcesses()!);
        library.Timeline!.Begin("GPU-t4");
        Assert.Equal(2, device.ComputeProcesses()!.Count);
        library.Timeline.Sample("GPU-t4");
        Assert.Single(device.ComputeProcesses()!);
        library.Timeline.End("GPU-t4");
        Assert.Empty(device.ComputeProcesses()!);
    }

    [Fact]
    public void Lines_of_a_later_launch_take_the_place_of_all_before()
    {
        NvmlLibrary library = Open(T4, Sm(0, 1000), """{"launch":3,"t":0,"device":0,"tempC":50}""");
        NvmlDevice device = library.Devices()[0];
        library.Timeline!.Begin("GPU-t4");
        library.Timeline.End("GPU-t4");
        library.Timeline.Begin("GPU-t4");
        Assert.Equal((1000u, null), (device.SmClockMhz(), device.TemperatureC()));
        library.Timeline.End("GPU-t4");
        library.Timeline.Begin("GPU-t4");
        Assert.Equal((null, 50u), (device.SmClockMhz(), device.TemperatureC()));
    }

    [Fact]
    public void A_code_is_what_every_function_answers_until_another_comes()
    {
        NvmlLibrary library = Open(T4, Sm(0, 1000), """{"t":100,"device":0,"code":15}""", """{"t":200,"device":0,"code":0}""");
        NvmlDevice device = library.Devices()[0];
        library.Timeline!.Begin("GPU-t4");
        library.Timeline.Sample("GPU-t4");
        After(100);
        Assert.Null(device.SmClockMhz());
        Assert.Equal(NvmlCode.GpuIsLost, device.Loss);
        Assert.Equal(NvmlCode.GpuIsLost, library.Find("GPU-t4").Code);
        After(100);
        Assert.Equal(1000u, library.Find("GPU-t4").Device!.SmClockMhz());
    }

    [Fact]
    public void Violations_and_energy_are_counted_as_the_file_says()
    {
        NvmlLibrary library = Open(T4, """{"t":0,"device":0,"violationNs":{"power":5,"thermal":7},"energyMj":9,"reasons":4,"eccErrors":1,"pState":0,"gpu":97,"mem":5000,"memoryUsedMib":100,"pcieSent":1,"pcieReceived":2}""");
        NvmlDevice device = library.Devices()[0];
        Assert.Equal((5ul, 7ul, null), (device.ViolationNanoseconds(NvmlPolicy.Power), device.ViolationNanoseconds(NvmlPolicy.Thermal), device.ViolationNanoseconds(NvmlPolicy.BoardLimit)));
        Assert.Equal((9ul, 4ul, 1ul, 0u), (device.EnergyMj(), device.ClockEventReasons(), device.UncorrectedEccErrors(), device.PerformanceState()));
        Assert.Equal((97u, 5000u, 100ul << 20), (device.Utilization()!.Value.Gpu, device.MemoryClockMhz(), device.Memory()!.Value.Used));
        Assert.Equal((1u, 2u), (device.PcieSent(), device.PcieReceived()));
    }

    [Theory]
    [InlineData("""{"t":0,"device":0}""", "there is no device")]
    [InlineData("""{"device":0,"uuid":"a","name":"x"}""" + "\n" + """{"t":0,"device":1}""", "device 1, which is not described")]
    [InlineData("""{"device":0,"uuid":"a","name":"x"}""" + "\n" + """{"device":0,"uuid":"b","name":"x"}""", "same number")]
    [InlineData("""{"device":0,"uuid":"a","name":"x"}""" + "\n" + """{"device":1,"uuid":"a","name":"x"}""", "same uuid")]
    [InlineData("""{"device":0,"uuid":"a","name":"x"}""" + "\n" + """{"t":0,"device":0,"smm":5}""", ":2: ")]
    [InlineData("""{"device":0,"uuid":"a","name":"x"}""" + "\n" + """{"t":0,"device":0,"launch":0}""", "counted from 1")]
    [InlineData("not json", ":1: ")]
    public void A_file_that_is_none_is_named_with_its_line(string text, string says)
    {
        Problem problem = Assert.Throws<ProblemException>(() => NvmlReplay.Open(_folder.Save("replay.jsonl", text), _clock)).Problems[0];
        Assert.Equal("Agent:Nvml:Replay", problem.Where);
        Assert.Contains(says, problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("cannot be read", Assert.Throws<ProblemException>(() => NvmlReplay.Open(_folder.At("none"), _clock)).Problems[0].What, StringComparison.Ordinal);

    private static string Sm(int t, int sm) => $$"""{"t":{{t}},"device":0,"sm":{{sm}}}""";

    private NvmlLibrary Open(params string[] lines) => NvmlReplay.Open(_folder.Save("replay.jsonl", string.Join('\n', lines)), _clock);

    private void After(int milliseconds) => _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
