using System.Text.Json;

namespace Fleetmark.EndToEnd.Runs;

public sealed class StackTests
{
    private const string Plan = "name: one\nmodels: [SqueezeNet1_1]\nlatency: { devices: [cpu] }\neffort: quick\ntables: [model-page]\n";

    [Fact]
    public async Task An_agent_that_ends_by_itself_is_one_line_at_once()
    {
        await using var home = new Home();
        home.Write("home/agent/work", "a file where the agent keeps its folders");

        Finished run = await home.RunAsync("run", home.Write("one.yaml", Plan));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("its agent ended by itself", Assert.Single(run.Errors, l => l.StartsWith("fleetmark:", StringComparison.Ordinal)), StringComparison.Ordinal);
        await home.NothingRunsAsync();
    }

    [Theory]
    [InlineData("""{ "Dispatch": { "LeaseTime": "00:00:01" } }""", "LeaseTime")]
    [InlineData("""{ "Dispatch": { "NoSuchKey": 1 } }""", "NoSuchKey")]
    [InlineData("""{ "Agent": { "Cpus": "x" } }""", "Cpus")]
    [InlineData("""{ "Agent": { "NoSuchKey": 1 } }""", "NoSuchKey")]
    public async Task A_wrong_setting_of_the_home_is_named_and_exit_2(string settings, string says)
    {
        await using var home = new Home();
        home.Write("home/appsettings.json", settings);

        Finished run = await home.RunAsync("run", home.Write("one.yaml", Plan));

        Assert.Equal(2, run.ExitCode);
        string[] lines = [.. run.Errors.Where(l => l.StartsWith("fleetmark:", StringComparison.Ordinal))];
        Assert.NotEmpty(lines);
        Assert.All(lines, l => Assert.Contains(says, l, StringComparison.Ordinal));
        await home.NothingRunsAsync();
    }

    [Fact]
    public async Task Settings_of_the_current_folder_are_somebody_elses_and_files_are_written_as_asked()
    {
        await using var home = new Home();
        home.WorkIn("project");
        home.Write("project/appsettings.json", """{ "Dispatch": { "NoSuchKey": 1 } }""");

        Finished run = await home.RunAsync("run", home.Write("one.yaml", Plan));
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));

        Finished written = await home.RunAsync("table", "1", "--out", "out/", "--layout", "wide", "--lang", "zh-CN");
        Assert.True(written.ExitCode == 0, string.Join('\n', written.Errors));
        JsonElement table = JsonDocument.Parse(await File.ReadAllTextAsync(home.Beside("project/out/tables.json"), TestContext.Current.CancellationToken)).RootElement.GetProperty("tables")[0];
        Assert.Equal(("wide", "zh-CN"), (table.GetProperty("layout").GetString(), table.GetProperty("lang").GetString()));
        Finished runs = await home.RunAsync("runs", "--json");
        JsonElement listed = JsonDocument.Parse(runs.Output).RootElement[0];
        Assert.Equal((1, "one", "done", 3, 3), (listed.GetProperty("run").GetInt64(), listed.GetProperty("plan").GetString(), listed.GetProperty("state").GetString(), listed.GetProperty("jobs").GetInt32(), listed.GetProperty("done").GetInt32()));
    }
}
