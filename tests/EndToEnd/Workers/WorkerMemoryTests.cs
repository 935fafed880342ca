using System.Text.Json;

namespace Fleetmark.EndToEnd.Workers;

public sealed class WorkerMemoryTests
{
    [Fact]
    public async Task A_cell_that_needs_too_much_memory_fails_with_both_numbers_and_the_next_one_is_measured()
    {
        await using var home = new Home();
        home.Set("Agent__WorkerMemoryMib", "200");
        home.Set("Agent__Runtimes__1__Name", "grower");
        home.Set("Agent__Runtimes__1__Executable", Path.Combine(AppContext.BaseDirectory, "fake-worker", "Fleetmark.FakeWorker"));
        home.Set("Agent__Runtimes__1__Environment__DOTNET_ROOT", Home.DotnetRoot);
        home.Set("Agent__Runtimes__1__Environment__FLEETMARK_FAKE", "grow:300");
        string plan = home.Write("plan.yaml", "name: p\nmodels: [SqueezeNet1_1]\nlatency: { devices: [cpu], runtimes: [grower, ort131-cpu] }\neffort: quick\n");

        Finished run = await home.RunAsync("run", plan, "--out", home.Beside("out"));

        Assert.Equal(3, run.ExitCode);
        Assert.Contains(run.Errors, l => l.StartsWith("warning: SqueezeNet1_1 ", StringComparison.Ordinal) && l.Contains(" grower ", StringComparison.Ordinal)
            && l.Contains("MiB were used, 200 MiB are allowed (Agent:WorkerMemoryMib)", StringComparison.Ordinal));
        var bundle = Bundle.Read(Path.Combine(home.Beside("out"), "results.jsonl"));
        Dictionary<string, JsonElement> cells = bundle.Cells.ToDictionary(c => c.GetProperty("coordinate").GetProperty("flavour").GetString()!);
        Assert.Equal(("failed", "out-of-memory"), (cells["grower"].GetProperty("state").GetString(), cells["grower"].GetProperty("code").GetString()));
        Assert.Equal("valid", cells["ort131-cpu"].GetProperty("state").GetString());
        Assert.All(bundle.Launches.Where(l => l.TryGetProperty("errorCode", out _)), l => Assert.Equal("out-of-memory", l.GetProperty("errorCode").GetString()));
        await home.NothingRunsAsync();
    }
}
