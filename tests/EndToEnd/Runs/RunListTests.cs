using System.Text.Json;

namespace Fleetmark.EndToEnd.Runs;

public sealed class RunListTests
{
    [Fact]
    public async Task Without_runs_the_list_says_how_to_make_one_and_json_is_an_empty_list()
    {
        await using var home = new Home();

        Finished text = await home.RunAsync("runs");
        Finished json = await home.RunAsync("runs", "--json");

        Assert.Contains("plans/quickstart.yaml", text.Output, StringComparison.Ordinal);
        Assert.Equal(0, JsonDocument.Parse(json.Output).RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData("table", "99")]
    [InlineData("resume", "99")]
    public async Task An_unknown_run_is_said_in_one_line(string verb, string run)
    {
        await using var home = new Home();

        Finished command = await home.RunAsync(verb, run);

        Assert.Equal(2, command.ExitCode);
        Assert.Contains("run 99: there is no such run", Assert.Single(command.Errors, l => l.StartsWith("fleetmark:", StringComparison.Ordinal)), StringComparison.Ordinal);
    }
}
