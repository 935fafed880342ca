using System.Text.Json;
using Fleetmark.Storage.Clusters;
using Npgsql;

namespace Fleetmark.EndToEnd.Runs;

public sealed class GrowingRunTests
{
    [Fact]
    public async Task At_standard_a_noisy_cell_gets_further_launches_and_the_device_is_watched_unseen()
    {
        await using var home = new Home();
        home.Script("uneven:58");
        string plan = home.Beside("plan.yaml"), output = home.Beside("out");
        await File.WriteAllTextAsync(
            plan, "name: growing\nmodels: [SqueezeNet1_1]\nlatency: { devices: [cpu], batches: [1, 2] }\n", TestContext.Current.CancellationToken);

        Finished run = await home.RunAsync("run", plan, "--effort", "standard", "--out", output);

        Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));
        Dictionary<int, JsonElement> cells = Bundle.Read(Path.Combine(output, "results.jsonl")).Cells.ToDictionary(c => c.GetProperty("coordinate").GetProperty("batch").GetInt32());
        Assert.Equal((5, 10), (Launches(cells[1]), Launches(cells[2])));
        Assert.Contains("target-missed", cells[2].GetProperty("notes").EnumerateArray().Select(n => n.GetString()));
        Assert.Contains("5–10 launches", await File.ReadAllTextAsync(Path.Combine(output, "tables.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        string all = string.Concat(Directory.GetFiles(output, "*", SearchOption.AllDirectories).Select(File.ReadAllText)) + run.Output;
        Assert.DoesNotContain("VGG11", all, StringComparison.Ordinal);
        Assert.DoesNotContain("sentinel", all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(run.Errors, l => l.StartsWith('[') && l.Contains("VGG11", StringComparison.Ordinal));
        await using DatabaseSession database = await home.DatabaseAsync();
        await using NpgsqlCommand pairs = database.Source.CreateCommand("select string_agg(sentinel, ', ' order by sentinel) from fleetmark.aa_pair where abs(log_ratio) < 0.001");
        Assert.Equal("SqueezeNet1_1 batch 1, VGG11 batch 1", await pairs.ExecuteScalarAsync(TestContext.Current.CancellationToken));

        static int Launches(JsonElement cell) => cell.GetProperty("launches").GetInt32();
    }
}
