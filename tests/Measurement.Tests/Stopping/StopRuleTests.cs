using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Stopping;

namespace Fleetmark.Measurement.Tests.Stopping;

public sealed class StopRuleTests
{
    private const long Second = 1_000_000_000;

    private static readonly SamplingSettings Settings =
        new() { MinMs = 1000, MinCount = 100, MaxMs = 5000, MaxCount = 400, FloorCount = 10, HalfWidth = 0.01 };

    private static long[] Calm(int count) => [.. Enumerable.Range(0, count).Select(i => 1_000_000L + (i % 3))];

    private static long[] Wild(int count) => [.. Enumerable.Range(0, count).Select(i => i < count / 2 ? 1_000_000L : 1_500_000L)];

    [Fact]
    public void Looks_come_at_the_minimum_and_then_a_quarter_later_each()
    {
        var rule = new StopRule(Settings, new long[400]);
        var looks = new List<int>();
        while (!rule.IsFinished)
        {
            looks.Add(rule.NextLook);
            rule.Add(Wild(rule.NextLook), Second);
        }

        Assert.Equal([100, 125, 157, 197, 247, 309, 387, 400], looks);
    }

    [Theory]
    [InlineData(99, 1, false)]
    [InlineData(100, 0, false)]
    [InlineData(100, 1, true)]
    public void Calm_samples_are_enough_at_a_look_after_the_shortest_time(int count, int seconds, bool finished)
    {
        var rule = new StopRule(Settings, new long[400]);
        rule.Add(Calm(count), seconds * Second);
        Assert.Equal(finished, rule.IsFinished);
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Time_ends_the_window_from_the_floor_on(int count, bool finished)
    {
        var rule = new StopRule(Settings, new long[400]);
        rule.Add(Wild(count), 5 * Second);
        Assert.Equal(finished, rule.IsFinished);
    }

    [Fact]
    public void The_reached_half_width_is_reported()
    {
        var rule = new StopRule(Settings, new long[400]);
        rule.Add(Wild(100), Second);
        Assert.False(rule.IsFinished);
        Assert.InRange(rule.HalfWidth!.Value, 0.05, 0.5);
    }
}
