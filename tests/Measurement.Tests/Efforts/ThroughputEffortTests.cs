using Fleetmark.Measurement.Efforts;

namespace Fleetmark.Measurement.Tests.Efforts;

public sealed class ThroughputEffortTests
{
    [Theory]
    [InlineData(Effort.Quick, 500, 500, 4000, 4, 1.05, 3)]
    [InlineData(Effort.Standard, 3000, 1000, 30_000, 6, 1.02, 10)]
    [InlineData(Effort.Publish, 5000, 1000, 60_000, 6, 1.02, 20)]
    public void The_window_lasts_ten_seconds_at_every_effort_and_launches_and_limits_are_those_of_latency(
        Effort effort, int warmMs, int windowMs, int capMs, int windows, double ratio, int floor)
    {
        EffortSettings settings = ThroughputEffort.For(effort, isCpu: true), latency = EffortSettings.For(effort, isCpu: true);

        Assert.Equal((10_000, 30_000, 240_000, floor), (settings.Sampling.MinMs, settings.Sampling.MaxMs, settings.Sampling.MaxCount, settings.Sampling.FloorCount));
        Assert.Equal((warmMs, windowMs, capMs, windows, ratio), (settings.WarmUp.MinMs, settings.WarmUp.WindowMs, settings.WarmUp.CapMs, settings.WarmUp.Windows, settings.WarmUp.Ratio));
        Assert.Equal(latency with { WarmUp = settings.WarmUp, Sampling = settings.Sampling }, settings);
    }
}
