using System.Text.Json;
using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Contracts.Tests.Jobs;

public sealed class ClockPolicyTests
{
    [Theory]
    [InlineData("free", ClockRule.Free, 0, "free", "clocks free")]
    [InlineData("Base", ClockRule.Base, 0, "base", "clocks base")]
    [InlineData("MAX", ClockRule.Maximum, 0, "max", "clocks max")]
    [InlineData("100", ClockRule.Fixed, 100, "100", "clocks 100 MHz")]
    [InlineData("10000", ClockRule.Fixed, 10_000, "10000", "clocks 10000 MHz")]
    public void A_word_or_a_number_is_a_policy_and_comes_back_as_it_is_written_in_plans(string text, ClockRule rule, int megahertz, string word, string name)
    {
        ClockPolicy policy = ClockPolicy.Parse(text)!.Value;

        Assert.Equal(new ClockPolicy(rule, megahertz), policy);
        Assert.Equal((word, name, rule == ClockRule.Free), (policy.ToString(), policy.Name, policy.IsFree));
        Assert.Equal($"\"{word}\"", JsonSerializer.Serialize(policy));
        Assert.Equal(policy, JsonSerializer.Deserialize<ClockPolicy>($"\"{text}\""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("99")]
    [InlineData("10001")]
    [InlineData("-585")]
    [InlineData("+585")]
    [InlineData("585 MHz")]
    [InlineData("5e2")]
    public void Anything_else_is_none(string text)
    {
        Assert.Null(ClockPolicy.Parse(text));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ClockPolicy>($"\"{text}\""));
    }

    [Fact]
    public void The_default_is_free() => Assert.Equal(ClockPolicy.Free, default);
}
