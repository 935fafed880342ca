using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Fleetmark.EndToEnd.Runs;

public sealed class QuickstartTests
{
    private static readonly string Quickstart = Path.Combine(Home.Repository, "plans", "quickstart.yaml");

    [Fact]
    public async Task With_fixed_timings_every_cell_is_valid_and_every_file_is_written()
    {
        await using var home = new Home();
        string output = home.Beside("out");

        Finished run = await home.RunAsync("run", Quickstart, "--out", output);

        Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));
        foreach (string name in new[] { "tables.md", "tables.html", "tables.csv", "tables.json", "tables.tex", "results.jsonl", "manifest.json" })
            Assert.True(new FileInfo(Path.Combine(output, name)).Length > 0, name);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(output, "plots"), "*.svg"));
        JsonElement manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(output, "manifest.json"), TestContext.Current.CancellationToken)).RootElement;
        foreach (JsonProperty file in manifest.GetProperty("files").EnumerateObject())
            Assert.Equal(file.Value.GetString(), Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(output, file.Name), TestContext.Current.CancellationToken))));

        var bundle = Bundle.Read(Path.Combine(output, "results.jsonl"));
        Assert.Equal(6, bundle.Cells.Count());
        Assert.All(bundle.Cells, c => Assert.Equal("valid", c.GetProperty("state").GetString()));
        Assert.Equal(18, bundle.Accepted.Count);
        foreach (var model in bundle.Cells.GroupBy(c => c.GetProperty("coordinate").GetProperty("model").GetString()))
        {
            double[] byBatch = [.. model.OrderBy(c => c.GetProperty("coordinate").GetProperty("batch").GetInt32()).Select(c => c.GetProperty("p50Us").GetDouble())];
            Assert.True(byBatch[0] > 0 && byBatch[1] > byBatch[0], string.Join(' ', byBatch.Select(t => t.ToString(CultureInfo.InvariantCulture))));
        }
    }

    [Fact]
    public async Task Tables_come_again_from_the_database_byte_for_byte()
    {
        await using var home = new Home();
        string first = home.Beside("first"), second = home.Beside("second");
        Finished run = await home.RunAsync("run", Quickstart, "--out", first);
        Assert.Equal(0, run.ExitCode);

        Finished printed = await home.RunAsync("table", "1");
        Finished written = await home.RunAsync("table", "1", "--out", second);

        Assert.Equal(run.Output, printed.Output);
        Assert.Equal(0, written.ExitCode);
        foreach (string file in Directory.GetFiles(first, "*", SearchOption.AllDirectories))
            Assert.Equal(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(file.Replace(first, second, StringComparison.Ordinal), TestContext.Current.CancellationToken));
        foreach (string format in new[] { "md", "html", "csv", "json", "tex" })
            Assert.Equal(await File.ReadAllTextAsync(Path.Combine(first, $"tables.{format}"), TestContext.Current.CancellationToken), (await home.RunAsync("table", "1", "--format", format)).Output);
    }

    [Fact]
    public async Task Nothing_is_left_running()
    {
        await using var home = new Home();

        Assert.Equal(0, (await home.RunAsync("run", Quickstart)).ExitCode);

        await home.NothingRunsAsync();
    }

    [Fact]
    public async Task The_real_worker_measures_a_small_network_that_is_one_data_file()
    {
        await using var home = new Home(fakeWorker: false);
        home.Set("Agent__SelfCheck", "true");
        home.Write("models/TinyRes.yaml", await File.ReadAllTextAsync(Path.Combine(Home.Repository, "tests", "Models.Tests", "Data", "tiny-res.yaml"), TestContext.Current.CancellationToken));
        string plan = home.Write("tiny.yaml", """
            name: tiny
            models: [{ name: tiny-res, definition: models/TinyRes.yaml }]
            latency: { devices: [cpu], precisions: [fp32], batches: [1, 8] }
            effort: quick
            tables: [model-page]
            """);
        string output = home.Beside("out");

        Finished run = await home.RunAsync("run", plan, "--out", output);

        Assert.True(run.ExitCode is 0 or 3, string.Join('\n', run.Errors)); // 3: this machine's own noise
        var bundle = Bundle.Read(Path.Combine(output, "results.jsonl"));
        Assert.Equal(2, bundle.Cells.Count());
        Assert.All(bundle.Cells, c => Assert.True(c.GetProperty("p50Us").GetDouble() > 0));
        Assert.All(bundle.Launches, l => Assert.Equal(0, l.GetProperty("result").GetProperty("worker").GetProperty("gc").GetProperty("allocatedBytes").GetInt64()));
        string tables = await File.ReadAllTextAsync(Path.Combine(output, "tables.md"), TestContext.Current.CancellationToken);
        Assert.Contains("| tiny-res", tables, StringComparison.Ordinal);
        Assert.Contains("Harness: a timed call takes ", tables, StringComparison.Ordinal);
    }
}
