using System.Text.Json;

namespace Fleetmark.EndToEnd.Plans;

public sealed class PlanLookTests
{
    private const string Plan = """
        name: look
        models: [SqueezeNet1_1]
        latency: { devices: [cpu], precisions: [fp32, fp16], batches: [1, 4] }
        effort: quick
        """;

    [Fact]
    public async Task A_good_plan_is_one_line_with_its_counts_and_neither_agent_nor_database_is_made()
    {
        await using var home = new Home();

        Finished check = await home.RunAsync("plan", "check", home.Write("look.yaml", Plan));

        Assert.Equal(0, check.ExitCode);
        Assert.Contains("plan 'look' is good: 4 cells, 6 jobs, 2 cells cannot be measured on this machine", Assert.Single(check.Errors), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(home.Folder, "agent")), "looking made the agent's folder");
        Assert.False(Directory.Exists(Path.Combine(home.Folder, "pg")), "looking made a database");
    }

    [Fact]
    public async Task A_bad_plan_has_a_line_for_every_problem()
    {
        await using var home = new Home();

        Finished check = await home.RunAsync("plan", "check", home.Write("bad.yaml", "name: p\nmodels: [AlexNet]\nlatency: { devices: [cpu], batches: [0] }\nefort: quick\n"));

        Assert.Equal(2, check.ExitCode);
        Assert.Equal(2, check.Errors.Count);
        Assert.All(check.Errors, l => Assert.StartsWith("fleetmark: ", l, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_expansion_shows_cells_and_jobs_with_the_runtimes_a_run_would_use()
    {
        await using var home = new Home();
        home.AddFakeRuntime(1, "mine", "cpu", providers: null);
        string plan = home.Write("mine.yaml", Plan.Replace("batches: [1, 4]", "batches: [1], runtimes: [mine]", StringComparison.Ordinal));

        Finished text = await home.RunAsync("plan", "expand", plan);
        Finished json = await home.RunAsync("plan", "expand", plan, "--json");

        Assert.True(text.ExitCode == 0, string.Join('\n', text.Errors));
        Assert.Contains("job    0  SqueezeNet1_1 cpu-", text.Output, StringComparison.Ordinal);
        JsonElement view = JsonDocument.Parse(json.Output).RootElement;
        Assert.Equal("built-in", view.GetProperty("models")[0].GetProperty("source").GetString());
        Assert.Equal(3, view.GetProperty("jobs").EnumerateArray().Count(j => !j.TryGetProperty("reason", out JsonElement reason) || reason.ValueKind == JsonValueKind.Null));
        Assert.All(view.GetProperty("cells").EnumerateArray(), c => Assert.Equal("mine", c.GetProperty("runtime").GetString()));
    }

    [Fact]
    public async Task A_model_of_the_home_says_so_with_its_file()
    {
        await using var home = new Home();
        string yaml = await File.ReadAllTextAsync(Path.Combine(Home.Repository, "tests", "Models.Tests", "Data", "tiny-res.yaml"), TestContext.Current.CancellationToken);
        string file = home.Write("home/models/tiny-res.yaml", yaml);

        Finished json = await home.RunAsync("plan", "expand", home.Write("tiny.yaml", "name: t\nmodels: [tiny-res]\nlatency: { devices: [cpu] }\n"), "--json");

        Assert.True(json.ExitCode == 0, string.Join('\n', json.Errors));
        JsonElement model = JsonDocument.Parse(json.Output).RootElement.GetProperty("models")[0];
        Assert.Equal("home", model.GetProperty("source").GetString());
        Assert.Equal(file, model.GetProperty("file").GetString());
    }

    [Fact]
    public async Task Sentinels_of_a_plan_for_comparisons_are_shown_and_counted()
    {
        await using var home = new Home();
        string plan = home.Write("watched.yaml", "name: watched\nmodels: [SqueezeNet1_1]\nlatency: { devices: [cpu] }\n");

        Finished check = await home.RunAsync("plan", "check", plan);
        Finished text = await home.RunAsync("plan", "expand", plan);

        Assert.Contains("1 cells, 25 jobs (20 of them measure the devices' own noise)", Assert.Single(check.Errors), StringComparison.Ordinal);
        Assert.Contains("sentinel a of SqueezeNet1_1 cpu-", text.Output, StringComparison.Ordinal);
        Assert.Contains("sentinel b of VGG11 cpu-", text.Output, StringComparison.Ordinal);
        Assert.Equal(4, text.Output.Split('\n').Count(l => l.StartsWith("cell", StringComparison.Ordinal) && l.EndsWith(" only", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task References_and_models_that_cannot_be_counted_are_a_warning_each()
    {
        await using var home = new Home();
        Assert.Equal(0, (await home.RunAsync("models", "build", "SqueezeNet1_1", "--out", home.Beside("whole.onnx"))).ExitCode);
        byte[] whole = await File.ReadAllBytesAsync(home.Beside("whole.onnx"), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(home.Beside("odd.onnx"), OnnxBytes.WithUncountedOperation(whole), TestContext.Current.CancellationToken);

        Finished check = await home.RunAsync("plan", "check", home.Write("odd.yaml", "name: p\nmodels: [{ name: odd, file: odd.onnx, image: { crop: 224, resizeShort: 256 } }]\nlatency: { devices: [cpu] }\nreferences: [page-2021]\n"));

        Assert.True(check.ExitCode == 0, string.Join('\n', check.Errors));
        string[] warnings = [.. check.Errors.Where(l => l.StartsWith("warning:", StringComparison.Ordinal))];
        Assert.Equal(2, warnings.Length);
        Assert.Contains("page-2021", warnings[0], StringComparison.Ordinal);
        Assert.Contains("Sinh", warnings[1], StringComparison.Ordinal);
    }
}
