namespace Fleetmark.Documents.Tests;

public sealed class SettingProblemTests
{
    [Theory]
    [InlineData("Agent:Cpus: 'two' is no list: of cores.", "Agent:Cpus: 'two' is no list: of cores")]
    [InlineData("The field Port must be between 1 and 2.", "settings 'Agent': The field Port must be between 1 and 2")]
    [InlineData("Agents: are many", "settings 'Agent': Agents: are many")]
    public void A_failure_is_told_at_its_key(string failure, string told) => Assert.Equal(told, SettingProblem.Of("Agent", failure).ToString());
}
