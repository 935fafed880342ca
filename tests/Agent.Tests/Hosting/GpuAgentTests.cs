using System.Text.Json;
using Fleetmark.Agent.Files;
using Fleetmark.Agent.Hosting;
using Fleetmark.Agent.Jobs;
using Fleetmark.Agent.Loops;
using Fleetmark.Agent.Nvml.Replay;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Tests.Nvml;
using Fleetmark.Agent.Workers;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Results;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Samples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Fleetmark.Agent.Tests.Hosting;

/// <summary>
/// The agent as a whole on a machine with replayed GPUs: real gRPC, real worker processes. Where a launch is judged, the replay has a clock of its own that stands until the
/// moment before was read, and the worker waits for the test at the end of its phases. The host tells nothing, so that other work of the machine these tests run on decides
/// nothing.
/// </summary>
[Collection(nameof(OneLibraryAtATime))]
public sealed class GpuAgentTests : IAsyncLifetime
{
    private const string T4 = """{"device":0,"uuid":"GPU-t4","name":"Tesla T4","computeCapability":"7.5","memoryMib":15360}""";
    private const string V100 = """{"device":1,"uuid":"GPU-v100","name":"Tesla V100-SXM2-16GB","computeCapability":"7.0","memoryMib":16160}""";
    private const string Quiet = """{"t":-400,"device":0,"sm":1590,"mem":5000,"tempC":50,"powerMw":60000,"pState":0,"gpu":99,"reasons":0,"processes":1,"violationNs":{"power":0,"thermal":0},"energyMj":1000,"eccErrors":0,"memoryUsedMib":1200}""";
    private const string QuietV100 = """{"t":-400,"device":1,"sm":1380,"processes":1,"reasons":0,"violationNs":{"power":0,"thermal":0}}""";
    private const string Worker = "window:400/400";
    private const string LockableT4 =
        """{"device":0,"uuid":"GPU-t4","name":"Tesla T4","computeCapability":"7.5","memoryMib":15360,"maxSm":1590,"defaultApplicationsSm":585}""";
    private const int EnoughMemory = 4096;

    /// <summary>Idle watching and loop as long as the tests have patience for.</summary>
    private static readonly EnergyTimes Briefly = new() { Idle = TimeSpan.FromMilliseconds(300), Loop = new EnergySettings { MinMs = 400 } };

    private readonly TemporaryFolder _folder = new();
    private FakeGateway _gateway = null!;

    private string Socket => _folder.At("gateway.sock");

    public async ValueTask InitializeAsync() => _gateway = await FakeGateway.StartAsync(Socket);

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
        Assert.Empty(_gateway.Violations);
    }

    [Fact]
    public async Task Hello_offers_each_gpu_and_says_that_it_is_simulated()
    {
        await using AgentUnderTest agent = await StartAsync(T4);
        Hello hello = (await _gateway.SessionAsync()).Hello;
        Assert.Equal(2, hello.Devices.Count);
        DeviceOffer gpu = hello.Devices[1];
        Assert.Equal(("GPU-t4", "nvidia", "Tesla T4", 1, 15360, "7.5", 0, true), (gpu.Uuid, gpu.Vendor, gpu.Name, gpu.Ordinal, gpu.MemoryMib, gpu.ComputeCapability, gpu.Cores, gpu.Simulated));
        Assert.False(hello.Devices[0].Simulated);
        Assert.True(hello.Devices[0].Cores > 0);
    }

    [Fact]
    public async Task A_launch_keeps_what_its_gpu_told()
    {
        LaunchReport launch = await MeasureAsync(T4, Quiet, """{"t":-1,"device":0,"tempC":51,"powerMw":70000}""");
        Assert.Equal(MeasurementState.Valid, launch.State);
        Assert.Contains("simulated", launch.Notes);
        Assert.Equal((1590, 1590, 50, 51), (launch.SmClockP10Mhz, launch.SmClockP50Mhz, launch.TempStartC, launch.TempMaxC));
        Assert.Equal((70, 0, 1200L << 20), (launch.PowerMeanW, launch.ClockEventBits, launch.DeviceMemBytes));
        // Counters count when the agent heard the worker within a beat of both edges; under load it may hear later.
        Assert.Equal(launch.ViolationUs is null, launch.EnergyEstimated);
        if (launch.EnergyEstimated == false) Assert.Equal((0, 0), (launch.EnergyMj, launch.ViolationUs));
        Assert.Equal(50, launch.Result!.Value.GetProperty("start").GetProperty("tempC").GetDouble());
        Assert.Equal(60, launch.Result!.Value.GetProperty("start").GetProperty("powerW").GetDouble());
        Assert.Single(launch.Result!.Value.GetProperty("start").GetProperty("cpus").EnumerateArray());
        Assert.False(launch.Result!.Value.GetProperty("device").GetProperty("foreignProcess").GetBoolean());
        Assert.Equal(10, launch.Result!.Value.GetProperty("worst").GetArrayLength());
        Assert.Equal([0, 1, 16, 17, 18, 19, 20, 21, 22, 23, 24], launch.Series.Select(series => (int)series.Series));
        IReadOnlyList<long> clocks = SampleCodec.Decode(launch.Series.Single(series => series.Series == SampleSeries.SmClocks).Body).Nanoseconds;
        IReadOnlyList<long> times = SampleCodec.Decode(launch.Series.Single(series => series.Series == SampleSeries.DeviceTimes).Body).Nanoseconds;
        Assert.All(clocks, clock => Assert.Equal(1590, clock));
        Assert.Equal((0, clocks.Count), (times[0], times.Count));
        JsonElement device = launch.Result!.Value.GetProperty("device");
        long begin = device.GetProperty("traceStartNs").GetInt64();
        Assert.True(begin < 0 && begin + times[^1] >= device.GetProperty("windowNs").GetInt64(), $"the trace begins {begin} ns from the window and ends after {times[^1]} ns");
    }

    public static TheoryData<string, MeasurementState, LaunchFlags> Conditions => new()
    {
        { """{"t":-1,"device":0,"reasons":4}""", MeasurementState.Valid, LaunchFlags.PowerLimited },
        { """{"t":-1,"device":0,"reasons":32}""", MeasurementState.Throttled, LaunchFlags.Thermal },
        { """{"t":150,"device":0,"violationNs":{"power":0,"thermal":90000000}}""", MeasurementState.Throttled, LaunchFlags.Thermal },
        { """{"t":-1,"device":0,"reasons":8}""", MeasurementState.Throttled, LaunchFlags.Slowdown },
        { """{"t":-1,"device":0,"reasons":128}""", MeasurementState.Throttled, LaunchFlags.Slowdown },
        { """{"t":-300,"device":0,"processes":2}""" + "\n" + """{"t":-1,"device":0,"processes":1}""", MeasurementState.Contended, LaunchFlags.ForeignProcess },
        { """{"t":50,"device":0,"processes":2}""", MeasurementState.Contended, LaunchFlags.ForeignProcess },
        { """{"t":350,"device":0,"processes":2}""", MeasurementState.Contended, LaunchFlags.ForeignProcess },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public async Task Conditions_of_the_gpu_decide_what_a_launch_is_worth(string lines, MeasurementState state, LaunchFlags flags)
    {
        LaunchReport launch = await MeasureAsync([T4, Quiet.Replace("1590", "1095", StringComparison.Ordinal), .. lines.Split('\n')]);
        Assert.SkipWhen(lines.Contains("violationNs", StringComparison.Ordinal) && launch.ViolationUs is null, "the agent heard the worker too late to have its edges counted");
        Assert.Equal((state, flags), (launch.State, (LaunchFlags)launch.Flags));
        if (flags == LaunchFlags.PowerLimited) Assert.Contains("power-limited (sustained 1095 MHz)", launch.Notes);
        Assert.Contains("uncalibrated", launch.Notes);
    }

    [Fact]
    public async Task A_clock_that_still_rises_when_sampling_begins_is_not_steady()
    {
        // By 3 % every tenth of a second, for longer than a worker needs to come this far.
        IEnumerable<string> rising = Enumerable.Range(0, 300).Select(i => $$"""{"t":{{(i - 300) * 100}},"device":0,"sm":{{(int)(300 * Math.Pow(1.03, i))}}}""");
        await using AgentUnderTest agent = await StartAsync([T4, Quiet.Replace("-400", "-30000", StringComparison.Ordinal), .. rising]);
        LaunchReport launch = Assert.Single((await RunAsync(await _gateway.SessionAsync(), "GPU-t4")).Launches);
        Assert.Equal(LaunchFlags.NotSteady, (LaunchFlags)launch.Flags);
        Assert.Contains("not-steady", launch.Notes);
    }

    [Fact]
    public async Task A_process_that_was_there_before_the_launch_is_noticed()
    {
        LaunchReport launch = await MeasureAsync(T4, Quiet.Replace("\"processes\":1", "\"processes\":2", StringComparison.Ordinal), """{"t":-350,"device":0,"processes":1}""");
        Assert.Equal(MeasurementState.Contended, launch.State);
    }

    [Fact]
    public async Task What_a_gpu_does_not_count_is_noted_and_energy_is_summed_up_from_power()
    {
        LaunchReport launch = await MeasureAsync(T4, """{"t":0,"device":0,"sm":1590,"powerMw":60000}""");
        Assert.Equal(MeasurementState.Valid, launch.State);
        Assert.Contains("uncounted", launch.Notes);
        Assert.Equal(true, launch.EnergyEstimated);
        Assert.Equal(60 * launch.SamplingMs!.Value, launch.EnergyMj!.Value, 1.0);
        Assert.Equal([0, 1, 16, 17, 20], launch.Series.Select(series => (int)series.Series));
    }

    [Fact]
    public async Task Memory_that_forgets_is_a_fault_of_the_driver_whatever_the_worker_says()
    {
        await using AgentUnderTest agent = await StartAsync(T4, Quiet, """{"t":100,"device":0,"eccErrors":2}""");
        AttemptResult result = await RunAsync(await _gateway.SessionAsync(), "GPU-t4");
        Assert.Equal("driver-fault", result.ErrorCode);
        Assert.Contains("2 memory errors", result.ErrorText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    public async Task A_card_that_is_lost_fails_its_cell_and_the_others_go_on_until_it_is_back(int code)
    {
        await using AgentUnderTest agent = await StartAsync(T4, V100, Quiet, QuietV100, $$"""{"t":50,"device":0,"code":{{code}}}""", """{"t":3000,"device":0,"code":0}""", """{"launch":2,"t":0,"device":0,"processes":1}""");
        FakeSession session = await _gateway.SessionAsync();
        session.Send(Assign("GPU-t4", "hang:sample"));
        AttemptResult result = await session.AcceptResultAsync();
        Assert.Equal("driver-fault", result.ErrorCode);
        Assert.Contains("Tesla T4 GPU-t4", result.ErrorText, StringComparison.Ordinal);
        Assert.Contains($"NVML code {code}", result.ErrorText, StringComparison.Ordinal);
        Assert.Equal("driver-fault", Assert.Single(result.Launches).ErrorCode);

        DeviceState lost = await StateAsync(session, "GPU-t4", state => state.WhyNot.StartsWith("device-lost", StringComparison.Ordinal));
        Assert.Contains($"code {code}", lost.WhyNot, StringComparison.Ordinal);
        Assert.False((await RunAsync(session, "GPU-v100", job: 8)).IsFailure);

        await Eventually.Async("the card is back", () => Looked(agent).Ready, () => Looked(agent).WhyNot);
        Assert.False((await RunAsync(session, "GPU-t4", job: 9, fake: "measure")).IsFailure);
    }

    [Fact]
    public async Task A_card_that_is_lost_while_it_idles_is_noticed_too()
    {
        await using AgentUnderTest agent = await StartAsync(T4, """{"t":0,"device":0,"tempC":50,"code":15}""");
        FakeSession session = await _gateway.SessionAsync();
        agent.Get<DeviceWatchLoop>().LookAtAll();
        Assert.Contains("code 15", (await StateAsync(session, "GPU-t4", state => !state.Ready)).WhyNot, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_is_calibrated_before_it_is_ready_and_says_hello_with_what_it_sustains()
    {
        string[] replay = [T4, Quiet, """{"t":0,"device":0,"sm":1095,"powerMw":69000,"tempC":77}""", """{"launch":2,"t":0,"device":0,"sm":1000,"reasons":4,"processes":1}""", """{"launch":3,"t":0,"device":0,"sm":900,"reasons":4,"processes":1}"""];
        await using (AgentUnderTest agent = await StartAsync(options => Calibrating(options), replay))
        {
            FakeSession session = await _gateway.SessionAsync();
            Assert.Null(session.Hello.Devices[1].Calibration);
            DeviceState[] before = [.. (await session.HeartbeatAsync()).Devices];
            Assert.Equal(["host-busy", "calibrating"], before.Select(device => device.WhyNot));

            FakeSession next = await _gateway.SessionAsync();
            CardCalibration told = next.Hello.Devices[1].Calibration;
            Assert.Equal((1095, 69, 77), (told.SmClockMhz, told.PowerW, told.TempC));
            Assert.Equal(8016, told.P50Us, 0);
            await StateAsync(next, "GPU-t4", state => state.Ready);
            Assert.Equal("", (await next.HeartbeatAsync()).Devices[0].WhyNot);
            Assert.Equal(["GPU-t4.json"], Directory.GetFiles(_folder.At("agent", "calibration")).Select(Path.GetFileName));

            LaunchReport sustained = Assert.Single((await RunAsync(next, "GPU-t4")).Launches);
            Assert.Equal((MeasurementState.Valid, LaunchFlags.PowerLimited), (sustained.State, (LaunchFlags)sustained.Flags));
            Assert.DoesNotContain("uncalibrated", sustained.Notes);
            LaunchReport slow = Assert.Single((await RunAsync(next, "GPU-t4", job: 8)).Launches);
            Assert.Equal((MeasurementState.Throttled, LaunchFlags.PowerLimited | LaunchFlags.BelowSustained), (slow.State, (LaunchFlags)slow.Flags));
        }

        await using AgentUnderTest later = await StartAsync(options => Calibrating(options), replay);
        FakeSession again = await _gateway.SessionAsync();
        Assert.Equal(1095, again.Hello.Devices[1].Calibration.SmClockMhz);
        Assert.Equal("", (await again.HeartbeatAsync()).Devices[1].WhyNot);
    }

    [Theory]
    [InlineData("error:model", """{"t":0,"device":0,"processes":1}""", "model-invalid")]
    [InlineData("window:100/300", """{"t":0,"device":0,"processes":2}""", "another process")]
    [InlineData("hang:sample", """{"t":50,"device":0,"code":15}""", "code 15")]
    public async Task A_card_that_cannot_be_calibrated_works_without(string fake, string line, string says)
    {
        const int uncalibrated = 5721;
        await using AgentUnderTest agent = await StartAsync(
            options => Calibrating(options, fake), T4, Quiet, line, """{"t":2000,"device":0,"code":0}""", """{"launch":2,"t":0,"device":0,"processes":1,"reasons":0}""");
        FakeSession session = await _gateway.SessionAsync();
        await Eventually.Async("the card works", () => Looked(agent).Ready, () => Looked(agent).WhyNot);
        Assert.Contains(says, Assert.Single(agent.Log.Of(uncalibrated)), StringComparison.Ordinal);
        LaunchReport launch = Assert.Single((await RunAsync(session, "GPU-t4")).Launches);
        Assert.Contains("uncalibrated", launch.Notes);
        Assert.Empty(Directory.GetFiles(_folder.At("agent", "calibration")));
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_costs_the_calibration_and_not_the_card()
    {
        const int uncalibrated = 5721;
        // The folder of calibrations cannot be made, because there is a file.
        _folder.Save(Path.Combine("agent", "calibration"), "");
        await using AgentUnderTest agent = await StartAsync(options => Calibrating(options), T4, Quiet);
        FakeSession session = await _gateway.SessionAsync();
        await StateAsync(session, "GPU-t4", state => state.Ready);
        Assert.Contains("calibration", Assert.Single(agent.Log.Of(uncalibrated)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_built_for_a_calibration_before_its_card_is_the_agents_alone()
    {
        await using AgentUnderTest agent = await StartAsync(
            options =>
            {
                Calibrating(options);
                options.Calibrate = false;
            },
            T4, Quiet, """{"launch":2,"t":0,"device":0,"processes":1}""");
        await _gateway.SessionAsync();
        AgentOptions options = agent.Get<IOptions<AgentOptions>>().Value;
        FileLock other = FileLock.TryTake(options.DeviceLock("GPU-t4"))!;
        using var stop = new StopSignal();
        options.Calibrate = true;
        Task calibrating = agent.Get<CalibrationLoop>().RunAsync(stop);

        Assert.False(await Eventually.Within(TimeSpan.FromSeconds(2), () => Directory.Exists(_folder.At("agent", "calibration"))));

        other.Dispose();
        Assert.NotNull((await _gateway.SessionAsync()).Hello.Devices[1].Calibration);
        stop.Raise(StopReason.Drain, Ladder.Hasty);
        await calibrating;
    }

    [Fact]
    public async Task What_is_built_keeps_off_the_cores_of_all_gpus()
    {
        IReadOnlyList<int> all = ThreadAffinity.Cores();
        Assert.SkipUnless(all.Count > 1, "one core only");
        string cores = _folder.At("cores");
        string program = _folder.Save("program", $"#!/bin/sh\necho \"$PWD $(grep Cpus_allowed_list /proc/self/status)\" >> '{cores}'\nexec '{FakeWorkerProgram.Path}'\n");
        TemporaryFolder.Permit(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using AgentUnderTest agent = await StartAsync(
            options =>
            {
                Calibrating(options);
                options.Runtimes[0].Executable = program;
            },
            T4, Quiet);
        await _gateway.SessionAsync();
        Assert.NotNull((await _gateway.SessionAsync()).Hello.Devices[1].Calibration);

        int gpu = Assert.Single(agent.Get<AttemptBoard>().Devices[1].Cpus);
        string[] lines = [.. (await File.ReadAllLinesAsync(cores, TestContext.Current.CancellationToken)).Where(line => line.Contains("soak-build", StringComparison.Ordinal))];
        Assert.Equal(all.Except([gpu]), CpuList.Parse(Assert.Single(lines).Split(':')[^1].Trim()));
    }

    [Fact]
    public async Task A_device_that_somebody_measures_on_is_not_tried_before_it_is_free()
    {
        const int waits = 5310;
        Directory.CreateDirectory(_folder.At("locks"));
        FileLock other = FileLock.TryTake(new AgentOptions { LockFolder = _folder.At("locks") }.DeviceLock("GPU-t4"))!;
        await using AgentUnderTest agent = await StartAsync(T4);

        // The CPU is measured alone on the machine, so it waits for the GPU too.
        await Eventually.Async("it waits", () => agent.Log.Of(waits).Count == 1, () => agent.Log.Of(waits).Count);
        Assert.False(await Eventually.Within(TimeSpan.FromSeconds(1), () => Directory.Exists(_folder.At("agent", "work")) && Directory.GetDirectories(_folder.At("agent", "work")).Length > 0));

        other.Dispose();
        Assert.All((await _gateway.SessionAsync()).Hello.Devices, device => Assert.NotEmpty(device.Capabilities));
    }

    [Fact]
    public async Task A_device_whose_lock_cannot_be_asked_for_is_offered_with_nothing_it_can_do()
    {
        const int noLock = 5311;
        // The CPU needs the locks of all devices.
        Directory.CreateDirectory(_folder.At("locks", "fleetmark-GPU-t4.lock"));
        await using AgentUnderTest agent = await StartAsync(T4);
        Assert.All((await _gateway.SessionAsync()).Hello.Devices, device => Assert.Empty(device.Capabilities));
        Assert.Equal(2, agent.Log.Of(noLock).Count);
    }

    [Fact]
    public async Task An_agent_that_is_stopped_while_it_waits_for_a_device_goes()
    {
        Directory.CreateDirectory(_folder.At("locks"));
        using FileLock other = FileLock.TryTake(new AgentOptions { LockFolder = _folder.At("locks") }.DeviceLock("GPU-t4"))!;
        await using AgentUnderTest agent = await StartAsync(T4);
        await Eventually.Async("it waits", () => agent.Log.Of(5310).Count == 1);
        await agent.StopAsync();
        Assert.False(agent.Get<AgentHost>().IsBroken);
    }

    [Fact]
    public async Task Stopping_the_agent_ends_a_calibration()
    {
        await using (AgentUnderTest agent = await StartAsync(options => Calibrating(options, "hang:sample"), T4, Quiet))
        {
            await _gateway.SessionAsync();
            await Eventually.Async("a load", () => Directory.Exists(_folder.At("agent", "work", "soak-GPU-t4")));
        }

        Assert.Empty(Directory.GetFiles(_folder.At("agent", "calibration")));
    }

    [Fact]
    public async Task Clocks_are_locked_before_the_worker_starts_and_given_back_when_it_is_gone()
    {
        await using AgentUnderTest agent = await StartAsync(LockableT4, Quiet, """{"t":0,"device":0,"sm":585}""");
        AttemptResult result = await RunLockedAsync(await _gateway.SessionAsync(), "base");
        LaunchReport launch = Assert.Single(result.Launches);
        Assert.Equal(MeasurementState.Valid, launch.State);
        Assert.DoesNotContain("below-locked-clock", launch.Notes);
        Assert.Equal(["lock 585-585 after launch 0", "reset after launch 1"], ClockCalls());
        Assert.Equal(585, launch.Result!.Value.GetProperty("device").GetProperty("lockedClockMhz").GetInt32());
        JsonElement device = launch.Environment.Detail.GetProperty("device");
        Assert.Equal(("base", 585), (device.GetProperty("clockPolicy").GetString(), device.GetProperty("lockedSmClockMhz").GetInt32()));
        Assert.Empty(await File.ReadAllTextAsync(_folder.At("agent", "locked-clocks"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_card_that_does_not_keep_the_clock_it_is_locked_to_is_noted()
    {
        await using AgentUnderTest agent = await StartAsync(LockableT4, Quiet, """{"t":0,"device":0,"sm":1095}""");
        AttemptResult result = await RunLockedAsync(await _gateway.SessionAsync(), "max");
        Assert.Contains("below-locked-clock", Assert.Single(result.Launches).Notes);
        Assert.Equal("lock 1590-1590 after launch 0", ClockCalls()[0]);
    }

    [Fact]
    public async Task Free_clocks_are_not_touched_and_leave_the_environment_as_it_always_was()
    {
        await using AgentUnderTest agent = await StartAsync(LockableT4, Quiet);
        LaunchReport launch = Assert.Single((await RunAsync(await _gateway.SessionAsync(), "GPU-t4")).Launches);
        Assert.Empty(ClockCalls());
        Assert.False(launch.Environment.Detail.GetProperty("device").TryGetProperty("clockPolicy", out _));
    }

    [Theory]
    [InlineData("error:model", "model-invalid")]
    [InlineData("crash", "worker-crash")]
    [InlineData("garbage", "worker-protocol")]
    public async Task Clocks_are_given_back_after_a_failure(string fake, string code)
    {
        await using AgentUnderTest agent = await StartAsync(LockableT4, Quiet);
        Assert.Equal(code, (await RunLockedAsync(await _gateway.SessionAsync(), "1200", fake)).ErrorCode);
        Assert.Equal(["lock 1200-1200 after launch 0", "reset after launch 1"], ClockCalls());
    }

    [Fact]
    public async Task Clocks_are_given_back_after_a_cancel()
    {
        await using AgentUnderTest agent = await StartAsync(LockableT4, Quiet);
        FakeSession session = await _gateway.SessionAsync();
        Assign assign = Locked("1200", "hang:sample");
        session.Send(assign);
        await session.PhaseAsync("sample");
        session.Send(new Cancel { Attempt = assign.Attempt });
        await session.ReturnedAsync();
        Assert.Equal(["lock 1200-1200 after launch 0", "reset after launch 1"], ClockCalls());
    }

    [Fact]
    public async Task Clocks_are_given_back_when_the_agent_stops_in_the_middle_of_a_launch()
    {
        await using (AgentUnderTest agent = await StartAsync(LockableT4, Quiet))
        {
            FakeSession session = await _gateway.SessionAsync();
            session.Send(Locked("1200", "hang:sample"));
            await session.PhaseAsync("sample");
        }

        Assert.Equal(["lock 1200-1200 after launch 0", "reset after launch 1"], ClockCalls());
    }

    [Fact]
    public async Task A_lock_that_a_killed_agent_left_is_reset_at_the_start_and_no_other()
    {
        Directory.CreateDirectory(_folder.At("agent"));
        await File.WriteAllTextAsync(_folder.At("agent", "locked-clocks"), "GPU-t4\n", TestContext.Current.CancellationToken);
        await using AgentUnderTest agent = await StartAsync(LockableT4, V100, Quiet, QuietV100);
        await _gateway.SessionAsync();
        Assert.Equal(["reset after launch 0"], ClockCalls());
        Assert.Empty(NvmlReplay.Current.Find("GPU-v100")!.ClockCalls);
    }

    [Theory]
    [InlineData("\"lockedClocks\":\"denied\"", "base", "unsupported:clocks-need-root", "runs as root")]
    [InlineData("\"lockedClocks\":\"not-supported\"", "base", "unsupported:clocks-not-offered", "does not offer 585 MHz")]
    [InlineData("\"vbios\":\"1\"", "max", "unsupported:clocks-not-offered", "does not tell that clock")]
    public async Task Clocks_that_cannot_be_locked_refuse_the_cell_before_a_worker_starts_and_the_agent_goes_on(string word, string clocks, string code, string says)
    {
        string card = (clocks == "max" ? T4 : LockableT4).Replace("}", "," + word + "}", StringComparison.Ordinal);
        await using AgentUnderTest agent = await StartAsync(card, Quiet);
        FakeSession session = await _gateway.SessionAsync();
        AttemptResult refused = await RunLockedAsync(session, clocks);
        Assert.Equal(code, refused.ErrorCode);
        Assert.Contains(says, refused.ErrorText, StringComparison.Ordinal);
        Assert.Empty(refused.Launches);
        Assert.False((await RunAsync(session, "GPU-t4", job: 8)).IsFailure);
    }

    [Fact]
    public async Task A_locked_card_is_judged_by_the_lower_of_its_locked_and_its_calibrated_clock()
    {
        string[] replay = [LockableT4, Quiet, """{"t":0,"device":0,"sm":1095}""", """{"launch":2,"t":0,"device":0,"sm":585,"reasons":4,"processes":1}"""];
        await using AgentUnderTest agent = await StartAsync(options => Calibrating(options), replay);
        await _gateway.SessionAsync();
        FakeSession session = await _gateway.SessionAsync();
        await StateAsync(session, "GPU-t4", state => state.Ready);
        LaunchReport launch = Assert.Single((await RunLockedAsync(session, "base")).Launches);
        Assert.Equal((MeasurementState.Valid, LaunchFlags.PowerLimited), (launch.State, (LaunchFlags)launch.Flags));
        LaunchReport free = Assert.Single((await RunAsync(session, "GPU-t4", job: 8)).Launches);
        Assert.Equal(MeasurementState.Throttled, free.State);
    }

    [Fact]
    public async Task Energy_per_image_is_what_the_counter_grows_by_over_a_loop_after_sampling()
    {
        // 70 W from the begin of sampling on; before it the counter stands still.
        IEnumerable<string> growing = Enumerable.Range(0, 400).Select(i => $$"""{"t":{{i * 25}},"device":0,"energyMj":{{1000 + (i * 25 * 70)}}}""");
        LaunchReport launch = await MeasureEnergyAsync([T4, Quiet, .. growing]);
        // A busy machine may read the counter too late after an edge of the loop. The number says so, and only another launch helps.
        for (int again = 0; again < 3 && launch.Notes.Contains("energy-estimated"); again++) launch = await MeasureEnergyAsync([T4, Quiet, .. growing]);
        Assert.DoesNotContain("energy-unmeasured", launch.Notes);
        Assert.DoesNotContain("energy-estimated", launch.Notes);
        JsonElement energy = launch.Result!.Value.GetProperty("energy");
        double seconds = energy.GetProperty("seconds").GetDouble();
        Assert.True(seconds >= 0.4, $"{seconds} s");
        // 50 calls of two images; the counter is read some milliseconds after the edges of the phase.
        Assert.Equal(100, energy.GetProperty("images").GetInt32());
        Assert.InRange(launch.EnergyUjPerItem!.Value, 0.7 * 70e6 * seconds / 100, 1.3 * 70e6 * seconds / 100);
        Assert.Equal((launch.EnergyUjPerItem, 0), (launch.EnergyNetUjPerItem, energy.GetProperty("idleW").GetDouble()));
        // From the first reading on, which a busy machine may take some time for.
        double idle = energy.GetProperty("idleSeconds").GetDouble();
        Assert.True(idle > 0, $"{idle} s");
        Assert.Equal(seconds + idle, launch.EnergySeconds!.Value, 6);
        Assert.False(energy.GetProperty("estimated").GetBoolean());
    }

    [Fact]
    public async Task Energy_of_a_card_without_counter_is_summed_up_from_power_less_that_of_the_idle_card()
    {
        LaunchReport launch = await MeasureEnergyAsync(T4, """{"t":-400,"device":0,"sm":1590,"powerMw":30000}""", """{"t":0,"device":0,"powerMw":70000}""");
        Assert.Contains("energy-estimated", launch.Notes);
        JsonElement energy = launch.Result!.Value.GetProperty("energy");
        double perWatt = energy.GetProperty("seconds").GetDouble() * 1e6 / 100;
        Assert.Equal(30, energy.GetProperty("idleW").GetDouble(), 6);
        Assert.Equal(70 * perWatt, launch.EnergyUjPerItem!.Value, 3);
        Assert.Equal(40 * perWatt, launch.EnergyNetUjPerItem!.Value, 3);
    }

    [Fact]
    public async Task A_worker_that_makes_no_loop_has_no_energy_and_its_number_all_the_same()
    {
        LaunchReport launch = await MeasureEnergyAsync([T4, Quiet], fake: "bare");
        Assert.Contains("energy-unmeasured", launch.Notes);
        Assert.Equal((null, null, null), (launch.EnergyUjPerItem, launch.EnergyNetUjPerItem, launch.EnergySeconds));
        Assert.NotNull(launch.P50Us);
    }

    [Fact]
    public async Task A_cpu_is_not_asked_for_energy_and_says_so()
    {
        await using AgentUnderTest agent = await StartAsync(_ => { }, Briefly, T4, Quiet);
        FakeSession session = await _gateway.SessionAsync();
        Assign assign = AgentUnderTest.Assign(_folder, session.Hello.Devices[0].Uuid);
        assign.Launch.Energy = true;
        session.Send(assign);
        LaunchReport launch = Assert.Single((await session.AcceptResultAsync()).Launches);
        Assert.Contains("energy-unmeasured", launch.Notes);
        Assert.Null(launch.EnergyUjPerItem);
        Assert.False(launch.Result!.Value.GetProperty("worker").TryGetProperty("energy", out _));
    }

    [Fact]
    public async Task Nobody_is_asked_for_energy_unless_the_plan_is()
    {
        LaunchReport launch = await MeasureAsync(T4, Quiet);
        Assert.DoesNotContain("energy-unmeasured", launch.Notes);
        Assert.False(launch.Result!.Value.GetProperty("worker").TryGetProperty("energy", out _));
    }

    [Fact]
    public async Task A_cancel_while_the_idle_card_is_watched_starts_no_worker()
    {
        await using AgentUnderTest agent = await StartAsync(_ => { }, Briefly with { Idle = TimeSpan.FromHours(1) }, LockableT4, Quiet);
        FakeSession session = await _gateway.SessionAsync();
        Assign assign = Locked("1200", Worker);
        assign.Launch.Energy = true;
        session.Send(assign);
        await Eventually.Async("the clocks are locked", () => ClockCalls().Count == 1, () => string.Join(", ", ClockCalls()));
        session.Send(new Cancel { Attempt = assign.Attempt });
        await session.ReturnedAsync();
        Assert.Equal(["lock 1200-1200 after launch 0", "reset after launch 0"], ClockCalls());
    }

    private static IReadOnlyList<string> ClockCalls() => NvmlReplay.Current.Find("GPU-t4")!.ClockCalls;

    private Assign Locked(string clocks, string fake)
    {
        Assign assign = Assign("GPU-t4", fake);
        assign.Launch.Clocks = clocks;
        return assign;
    }

    private async Task<AttemptResult> RunLockedAsync(FakeSession session, string clocks, string fake = Worker)
    {
        session.Send(Locked(clocks, fake));
        return await session.AcceptResultAsync();
    }

    private async Task<LaunchReport> MeasureEnergyAsync(string[] replay, string fake)
    {
        await using AgentUnderTest agent = await StartAsync(_ => { }, Briefly, replay);
        FakeSession session = await _gateway.SessionAsync();
        Assign assign = Assign("GPU-t4", fake);
        assign.Launch.Energy = true;
        session.Send(assign);
        AttemptResult result = await session.AcceptResultAsync();
        Assert.False(result.IsFailure, result.ErrorText);
        return Assert.Single(result.Launches);
    }

    private Task<LaunchReport> MeasureEnergyAsync(params string[] replay) => MeasureEnergyAsync(replay, Worker);

    private static void Calibrating(AgentOptions options, string fake = "window:100/300")
    {
        options.Calibrate = true;
        options.Runtimes[0].Environment["FLEETMARK_FAKE"] = fake;
    }

    private static DeviceState Looked(AgentUnderTest agent)
    {
        agent.Get<DeviceWatchLoop>().LookAtAll();
        return agent.Get<AttemptBoard>().States()[1];
    }

    private static async Task<DeviceState> StateAsync(FakeSession session, string uuid, Func<DeviceState, bool> wanted)
    {
        while (true)
        {
            DeviceState state = (await session.HeartbeatAsync()).Devices.Single(device => device.Uuid == uuid);
            if (wanted(state)) return state;
        }
    }

    /// <summary>Measures while time in the replay goes from line to line: those before 0 while the worker warms up, those after it while it samples.</summary>
    private async Task<LaunchReport> MeasureAsync(params string[] replay)
    {
        var clock = new FakeTimeProvider();
        await using AgentUnderTest agent = await StartAsync(
            _ => { }, services => services.AddSingleton(all => NvmlReplay.Open(all.GetRequiredService<IOptions<AgentOptions>>().Value.Nvml.Replay!, clock)), replay);
        FakeSession session = await _gateway.SessionAsync();
        string gate = Directory.CreateDirectory(_folder.At("gate")).FullName;
        double[] moments = [.. replay.Skip(1).Select(line => JsonElement.Parse(line).GetProperty("t").GetDouble())];
        session.Send(Assign("GPU-t4", $"window-gate:{gate}"));

        await session.PhaseAsync("warmup");
        double at = Math.Min(moments[0], 0);
        await SeenAsync();
        foreach (double moment in moments.Where(moment => moment < 0)) at = await AdvanceAsync(at, moment);
        _folder.Save("gate/warm", "");

        // The agent says so after it told the replay.
        await session.PhaseAsync("sample");
        at = 0;
        await SeenAsync();
        foreach (double moment in moments.Where(moment => moment > 0)) at = await AdvanceAsync(at, moment);
        _folder.Save("gate/end", "");

        AttemptResult result = await session.AcceptResultAsync();
        Assert.False(result.IsFailure, result.ErrorText);
        return Assert.Single(result.Launches);

        async Task<double> AdvanceAsync(double from, double to)
        {
            clock.Advance(TimeSpan.FromMilliseconds(to - from));
            await SeenAsync();
            return to;
        }
    }

    /// <summary>Waits until the GPU was read from the first value to the last: so many values hold one whole reading wherever it begins.</summary>
    private static async Task SeenAsync()
    {
        const int valuesOfAReading = 20;
        ReplayTrack track = NvmlReplay.Current.Find("GPU-t4")!;
        int before = track.Reads;
        await Eventually.Async("a whole reading", () => track.Reads >= before + (2 * valuesOfAReading), () => track.Reads - before);
    }

    private async Task<AttemptResult> RunAsync(FakeSession session, string uuid, long job = 7, string fake = Worker)
    {
        session.Send(Assign(uuid, fake, job));
        return await session.AcceptResultAsync();
    }

    private Assign Assign(string uuid, string fake, long job = 7)
    {
        Assign assign = AgentUnderTest.Assign(_folder, uuid, job, fake: fake);
        assign.Launch.Provider = "cuda";
        return assign;
    }

    [Fact]
    public async Task Hello_says_what_came_of_each_runtime_on_each_device_and_offers_only_what_works()
    {
        const string v100 = """{"device":0,"uuid":"GPU-v100","name":"Tesla V100-SXM2-16GB","computeCapability":"7.0","memoryMib":16160}""";
        await using AgentUnderTest agent = await AgentUnderTest.StartAsync(_folder, Socket, options =>
        {
            options.Nvml.Replay = _folder.Save("replay.jsonl", v100);
            options.Runtimes.Clear();
            options.Runtimes.Add(Runtime("ort122-cuda12", "cuda=ok"));
            options.Runtimes.Add(Runtime("ort131-cuda13", "cuda=unsupported-arch:no kernels for sm_70;tensorrt=missing-library:libnvinfer.so.10 cannot be found"));
            options.Runtimes.Add(Runtime("broken", "cuda=ok", script: "hang:start", executable: "/bin/true"));
            options.Runtimes.Add(Saying("odd", """{"type":"capabilities","providers":[{"name":"cuda","devices":[null],"precisions":[null]}]}"""));
        });

        Hello hello = (await _gateway.SessionAsync()).Hello;

        Assert.Equal(
            ["precision:fp16", "precision:fp32", "provider:cuda", "runtime:ort122-cuda12", "runtime:ort122-cuda12/cuda/fp16", "runtime:ort122-cuda12/cuda/fp32"],
            hello.Devices[1].Capabilities);
        Assert.Equal(
            [
                "ort122-cuda12 cuda ok ", "ort131-cuda13 cuda unsupported-arch no kernels for sm_70", "ort131-cuda13 tensorrt missing-library libnvinfer.so.10 cannot be found",
                "broken  error worker-protocol: the worker left without an answer", "odd  error worker-protocol: 'capabilities' of provider 'cuda' with a device that is null",
            ],
            hello.Devices[1].Runtimes.Select(r => $"{r.Flavour} {r.Provider} {r.State} {r.Reason}"));
        Assert.Empty(hello.Devices[0].Runtimes);
    }

    private static RuntimeOptions Runtime(string name, string providers, string script = "measure", string? executable = null)
    {
        var runtime = new RuntimeOptions { Name = name, Executable = executable ?? FakeWorkerProgram.Path, Devices = { "nvidia" } };
        foreach ((string variable, string value) in FakeWorkerProgram.Environment(script)) runtime.Environment[variable] = value;
        runtime.Environment["FLEETMARK_FAKE_PROVIDERS"] = providers;
        return runtime;
    }

    /// <summary>A runtime that answers whatever it is asked with one line.</summary>
    private static RuntimeOptions Saying(string name, string line) => new()
    {
        Name = name,
        Executable = "/bin/sh",
        Arguments = { "-c", """echo '{"type":"hello","protocol":1}'; echo "$0" """, line },
        Devices = { "nvidia" },
    };

    private Task<AgentUnderTest> StartAsync(params string[] replay) => StartAsync(_ => { }, replay);

    private Task<AgentUnderTest> StartAsync(Action<AgentOptions> configure, params string[] replay) => StartAsync(configure, replace: null, replay);

    private Task<AgentUnderTest> StartAsync(Action<AgentOptions> configure, EnergyTimes energy, params string[] replay) =>
        StartAsync(configure, services => services.AddSingleton(energy), replay);

    private Task<AgentUnderTest> StartAsync(Action<AgentOptions> configure, Action<IServiceCollection>? replace, string[] replay) => AgentUnderTest.StartAsync(_folder, Socket, options =>
    {
        configure(options);
        options.Nvml.Replay = _folder.Save("replay.jsonl", string.Join('\n', replay));
        options.Runtimes[0].Devices.Add("cpu");
        options.Runtimes[0].Devices.Add("nvidia");
        options.WorkerMemoryMib = EnoughMemory;
    }, hostRoot: Directory.CreateDirectory(_folder.At("machine")).FullName, replace);
}
