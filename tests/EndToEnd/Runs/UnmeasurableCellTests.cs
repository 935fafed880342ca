namespace Fleetmark.EndToEnd.Runs;

public sealed class UnmeasurableCellTests
{
    private const string Plan = """
        name: mixed
        models: [SqueezeNet1_1]
        latency: { devices: [t4, cpu], precisions: [fp32, fp16], batches: [1] }
        effort: quick
        tables: [model-page]
        """;

    [Fact]
    public async Task A_local_run_does_not_wait_for_classes_nobody_offers_and_says_why_in_one_line()
    {
        await using var home = new Home();

        Finished run = await home.RunAsync("run", home.Write("mixed.yaml", Plan), "--out", home.Beside("out"));

        Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));
        string warning = Assert.Single(run.Errors, l => l.StartsWith("warning:", StringComparison.Ordinal));
        Assert.Contains("3 of 4 cells", warning, StringComparison.Ordinal);
        string[] states = [.. Bundle.Read(Path.Combine(home.Beside("out"), "results.jsonl")).Cells.Select(c => c.GetProperty("state").GetString()!).Order()];
        Assert.Equal(["missing", "missing", "unsupported", "valid"], states);
    }

    [Fact]
    public async Task Require_all_makes_them_a_failure()
    {
        await using var home = new Home();

        Assert.Equal(3, (await home.RunAsync("run", home.Write("mixed.yaml", Plan), "--require-all")).ExitCode);
    }

    [Fact]
    public async Task When_every_attempt_fails_nothing_is_measured_and_the_cells_say_so()
    {
        await using var home = new Home();
        home.Script("error:model");

        Finished run = await home.RunAsync("run", home.Write("one.yaml", "name: one\nmodels: [SqueezeNet1_1]\nlatency: { devices: [cpu] }\neffort: quick\n"));

        Assert.Equal(4, run.ExitCode);
        Assert.Contains(run.Errors, l => l.Contains("model file is unreadable", StringComparison.Ordinal));
    }
}
