using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.WarmUp;

namespace Fleetmark.Measurement.Tests.WarmUp;

/// <summary>Warm-ups of effort standard: windows of 0.25 s, of which the last six count; the trace has ten readings a second.</summary>
public sealed class DeviceSettlingTests
{
    private const long Millisecond = 1_000_000;
    private const long End = 100_000 * Millisecond;
    private static readonly WarmUpSettings Settings = EffortSettings.For(Effort.Standard, isCpu: false).WarmUp;
    private static readonly WarmUpReport SixWindows = new() { Steady = true, Calls = 600, WindowsNs = [.. Enumerable.Repeat(2 * Millisecond, 6)] };

    /// <summary>Readings of the last seconds before the end, the oldest first.</summary>
    private static DeviceReading[] Trace(Func<double, double> valueAtSecondsBefore) =>
        [.. Enumerable.Range(0, 60).Select(i => 6 - (0.1 * i)).Select(s => new DeviceReading(End - (long)(s * 1000 * Millisecond), valueAtSecondsBefore(s)))];

    private static bool? Test(Func<double, double> clock, Func<double, double> heat, WarmUpReport? warmUp = null) =>
        DeviceSettling.Test(Trace(clock), Trace(heat), warmUp ?? SixWindows, Settings, End);

    [Fact]
    public void Clock_and_heat_that_stand_still_are_settled() => Assert.True(Test(_ => 1500, _ => 60));

    [Theory]
    [InlineData(1529, true)]
    [InlineData(1531, false)]
    [InlineData(1471, true)]
    [InlineData(1469, false)]
    public void The_clock_of_the_last_two_windows_is_within_two_percent_of_those_before(double last, bool settled) =>
        Assert.Equal(settled, Test(s => s <= 0.5 ? last : 1500, _ => 60));

    [Fact]
    public void What_was_before_the_last_six_windows_does_not_count() => Assert.True(Test(s => s > 1.5 ? 300 : 1500, s => s > 1.5 ? 30 : 60));

    [Theory]
    [InlineData(2.0, false)]
    [InlineData(0.3, true)]
    [InlineData(-2.0, true)]
    public void Heat_that_rises_fast_is_not_settled(double degreesPerSecond, bool settled) =>
        Assert.Equal(settled, Test(_ => 1500, s => Math.Round(80 - (s * degreesPerSecond))));

    [Fact]
    public void One_step_of_the_sensor_is_no_slope() => Assert.True(Test(_ => 1500, s => s > 0.75 ? 60 : 61));

    [Fact]
    public void Slow_calls_make_longer_windows()
    {
        WarmUpReport slow = SixWindows with { WindowsNs = [.. Enumerable.Repeat(40 * Millisecond, 6)] };
        Assert.True(Test(s => s <= 1.5 ? 1500 : 1400, _ => 60));
        Assert.False(Test(s => s <= 1.5 ? 1500 : 1400, _ => 60, slow));
    }

    [Fact]
    public void Too_few_windows_or_values_tell_nothing()
    {
        Assert.Null(DeviceSettling.Test(Trace(_ => 1500), Trace(_ => 60), warmUp: null, Settings, End));
        Assert.Null(Test(_ => 1500, _ => 60, SixWindows with { WindowsNs = [1, 1] }));
        Assert.Null(DeviceSettling.Test([], [], SixWindows, Settings, End));
        Assert.True(DeviceSettling.Test(Trace(_ => 1500), [], SixWindows, Settings, End));
        Assert.False(DeviceSettling.Test([], Trace(s => 80 - (2 * s)), SixWindows, Settings, End));
    }
}
