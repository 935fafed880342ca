using System.Text.Json;

namespace Fleetmark.EndToEnd.Runs;

public sealed class GrowingRunTests
{
    [Fact]
    public async Task At_standard_a_noisy_cell_gets_further_launches_and_a_quiet_one_does_not()
    {
        await using var home = new Home();
        string plan = home.Beside("plan.yaml"), output = home.Beside("out");
        await File.WriteAllTextAsync(
            plan, "name: growing\nmodels: [SqueezeNet1_1]\nlatency: { devices: [cpu], batches: [1, 2], options: { fake: \"uneven:58\" } }\n", TestContext.Current.CancellationToken);

        Finished run = await home.RunAsync("run", plan, "--effort", "standard", "--out", output);

        Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));
        Dictionary<int, JsonElement> cells = Bundle.Read(Path.Combine(output, "results.jsonl")).Cells.ToDictionary(c => c.GetProperty("coordinate").GetProperty("batch").GetInt32());
        Assert.Equal((5, 10), (Launches(cells[1]), Launches(cells[2])));
        Assert.Contains("target-missed", cells[2].GetProperty("notes").EnumerateArray().Select(n => n.GetString()));
        Assert.Contains("5–10 launches", await File.ReadAllTextAsync(Path.Combine(output, "tables.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        static int Launches(JsonElement cell) => cell.GetProperty("launches").GetInt32();
    }
}
