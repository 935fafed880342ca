using CsCheck;
using Fleetmark.Agent.Link;

namespace Fleetmark.Agent.Tests.Link;

public sealed class RedialDelayTests
{
    private static readonly SessionEnd NoSession = new(TimeSpan.Zero, "refused");
    private static readonly SessionEnd Short = new(TimeSpan.FromSeconds(5), "lost");
    private static readonly SessionEnd Long = new(TimeSpan.FromMinutes(5), "lost");

    [Fact]
    public void Failed_dials_wait_up_to_twice_as_long_each_time_and_never_more_than_30_seconds()
    {
        double[] longest = [0.5, 1, 2, 4, 8, 16, 30, 30, 30];
        var delay = new RedialDelay(new Largest());
        Assert.Equal(longest, longest.Select(_ => Math.Round(delay.After(NoSession).TotalSeconds, 3)));
    }

    [Fact]
    public void The_first_dial_after_a_lost_session_comes_within_two_seconds()
    {
        var delay = new RedialDelay(new Largest());
        Assert.Equal(2, delay.After(Long).TotalSeconds, 3);
        Assert.Equal(1, delay.After(NoSession).TotalSeconds, 3);
    }

    [Fact]
    public void Only_a_session_of_a_minute_makes_the_delays_short_again()
    {
        var delay = new RedialDelay(new Largest());
        for (int n = 0; n < 5; n++) delay.After(NoSession);
        Assert.Equal(16, delay.After(Short).TotalSeconds, 3);
        Assert.Equal(2, delay.After(Long).TotalSeconds, 3);
    }

    [Fact]
    public void A_gateway_that_sends_the_agent_away_names_the_range() => Gen.Select(Gen.Int[0, 5000], Gen.Int[0, 5000], Gen.Int).Sample((low, width, seed) =>
    {
        var end = Long with { GoAway = (TimeSpan.FromMilliseconds(low), TimeSpan.FromMilliseconds(low + width)) };
        Assert.InRange(new RedialDelay(new Random(seed)).After(end).TotalMilliseconds, low, low + width);
    });

    [Fact]
    public void An_agent_that_is_too_old_asks_again_every_ten_minutes() =>
        Assert.Equal(TimeSpan.FromMinutes(10), new RedialDelay(new Largest()).After(NoSession with { IsTooOld = true }));

    /// <summary>Always draws the end of the range.</summary>
    private sealed class Largest : Random
    {
        public override double NextDouble() => 1;
    }
}
