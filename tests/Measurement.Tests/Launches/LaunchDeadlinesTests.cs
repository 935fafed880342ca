using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Measurement.Tests.Launches;

public sealed class LaunchDeadlinesTests
{
    private static readonly LaunchRequest Launch = new()
    {
        Launch = "test",
        Model = new ModelFile { Path = "/nowhere.onnx", Format = "onnx" },
        Inputs = [],
        Provider = "cpu",
        Precision = Precision.Fp32,
        Scope = Scope.EndToEnd,
        Batch = 1,
        Threads = 1,
        Seed = 1,
        Warmup = EffortSettings.For(Effort.Publish, isCpu: true).WarmUp,
        Sample = EffortSettings.For(Effort.Publish, isCpu: true).Sampling,
    };

    [Fact]
    public void The_loop_for_energy_has_the_time_it_was_asked_for_ten_calls_and_half_a_minute()
    {
        LaunchRequest asked = Launch with { Energy = new EnergySettings { MinMs = 10_000 } };
        Assert.Equal(TimeSpan.FromSeconds(10 + 20 + 30), LaunchDeadlines.For(asked, LaunchPhase.Energy, TimeSpan.FromSeconds(2)));
        Assert.Equal(TimeSpan.FromSeconds(60), LaunchDeadlines.Silence(asked, LaunchPhase.Energy, TimeSpan.FromSeconds(2)));
        Assert.Equal(TimeSpan.FromSeconds(30), LaunchDeadlines.For(Launch, LaunchPhase.Energy, TimeSpan.FromSeconds(2)));
    }

    [Theory]
    [InlineData(LaunchPhase.Warmup)]
    [InlineData(LaunchPhase.Sample)]
    public void A_worker_whose_clock_talks_nonsense_gets_no_more_than_one_with_the_slowest_call(LaunchPhase phase)
    {
        TimeSpan slowest = LaunchDeadlines.For(Launch, LaunchPhase.First, null);
        Assert.Equal(LaunchDeadlines.For(Launch, phase, slowest), LaunchDeadlines.For(Launch, phase, TimeSpan.MaxValue));
        Assert.Equal(LaunchDeadlines.Silence(Launch, phase, slowest), LaunchDeadlines.Silence(Launch, phase, TimeSpan.MaxValue));
    }

    [Theory]
    [InlineData(LaunchPhase.Warmup)]
    [InlineData(LaunchPhase.Sample)]
    public void A_worker_whose_clock_runs_backwards_gets_no_less_than_one_with_the_fastest_call(LaunchPhase phase)
    {
        Assert.Equal(LaunchDeadlines.For(Launch, phase, TimeSpan.Zero), LaunchDeadlines.For(Launch, phase, TimeSpan.MinValue));
        Assert.Equal(LaunchDeadlines.Silence(Launch, phase, TimeSpan.Zero), LaunchDeadlines.Silence(Launch, phase, TimeSpan.MinValue));
    }

    [Fact]
    public void Converting_and_inspecting_may_take_a_quarter_of_an_hour()
    {
        Assert.Equal(TimeSpan.FromMinutes(15), LaunchDeadlines.For(new ConvertRequest { Model = Launch.Model, Converter = 1, Path = "p" }, LaunchPhase.Load, null));
        Assert.Equal(TimeSpan.FromMinutes(15), LaunchDeadlines.Silence(new InspectRequest { Launch = Launch }, LaunchPhase.Load, null));
    }

    [Fact]
    public void Trying_devices_may_take_half_a_minute_and_a_gpu_two()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), LaunchDeadlines.For(new CapabilitiesRequest(), LaunchPhase.Load, null));
        Assert.Equal(TimeSpan.FromSeconds(120), LaunchDeadlines.For(new CapabilitiesRequest { Device = new LaunchDevice { Uuid = "GPU-1" } }, LaunchPhase.Load, null));
    }
}
