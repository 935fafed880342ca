using System.Text.Json;

namespace Fleetmark.EndToEnd.Runs;

/// <summary>Throughput from the plan to the files: the real worker in its real window of ten seconds, twice.</summary>
public sealed class ThroughputRunTests
{
    private const string Plan = """
        name: loops
        models: [{ name: tiny-res, definition: tiny-res.yaml }]
        throughput: { devices: [cpu], batches: [4], concurrency: [2] }
        effort: quick
        """;

    [Fact]
    public async Task Two_loops_are_measured_and_stand_in_a_table_of_their_own()
    {
        await using var home = new Home(fakeWorker: false);
        home.Write("tiny-res.yaml", await File.ReadAllTextAsync(Path.Combine(Home.Repository, "tests", "Models.Tests", "Data", "tiny-res.yaml"), TestContext.Current.CancellationToken));
        string output = home.Beside("out");

        Finished run = await home.RunAsync("run", home.Write("plan.yaml", Plan), "--out", output);

        Assert.True(run.ExitCode is 0 or 3, string.Join('\n', run.Errors)); // 3: this machine's own noise
        Assert.Contains(run.Errors, line => line.Contains("fp32 batch 4, throughput of 2: ", StringComparison.Ordinal) && line.Contains(" images/s", StringComparison.Ordinal));
        var bundle = Bundle.Read(Path.Combine(output, "results.jsonl"));
        JsonElement cell = Assert.Single(bundle.Cells);
        Assert.Equal(("throughput", 2), (cell.GetProperty("coordinate").GetProperty("kind").GetString()!, cell.GetProperty("coordinate").GetProperty("concurrency").GetInt32()));
        JsonElement[] launches = [.. bundle.Launches];
        Assert.InRange(launches.Length, 1, 3);
        foreach (JsonElement launch in launches)
        {
            JsonElement worker = launch.GetProperty("result").GetProperty("worker");
            long window = worker.GetProperty("windowEnd").GetInt64() - worker.GetProperty("windowStart").GetInt64();
            int[] streams = [.. launch.GetProperty("result").GetProperty("streams").EnumerateArray().Select(stream => stream.GetInt32())];
            Assert.Equal(10_000_000_000, window);
            Assert.Equal((2, launch.GetProperty("n").GetInt32()), (streams.Length, streams.Sum()));
            Assert.Equal(0, worker.GetProperty("gc").GetProperty("allocatedBytes").GetInt64());
            // What the codec says of a sample: bytes 12 to 15 are the calls that make one.
            int calls = BitConverter.ToInt32(launch.GetProperty("samples").GetBytesFromBase64(), 12);
            Assert.Equal((double)streams.Sum() * calls * 4 / 10, launch.GetProperty("ratePerS").GetDouble(), 1e-6);
        }

        double[] rates = [.. cell.GetProperty("launchRatePerS").EnumerateArray().Select(rate => rate.GetDouble())];
        Assert.InRange(cell.GetProperty("ratePerS").GetDouble(), rates.Min(), rates.Max());
        Assert.True(cell.GetProperty("p50Us").GetDouble() > 0);
        string table = await File.ReadAllTextAsync(Path.Combine(output, "tables.md"), TestContext.Current.CancellationToken);
        Assert.Contains("completed images/s (larger is better)", table, StringComparison.Ordinal);
        Assert.DoesNotContain("p50 in ms per batch", table, StringComparison.Ordinal);
        Assert.Equal(["throughput-"], Directory.GetFiles(Path.Combine(output, "tables")).Select(file => Path.GetFileName(file)[..11]));
    }

    [Fact]
    public async Task A_worker_that_does_not_name_the_kind_is_asked_nothing()
    {
        await using var home = new Home();
        Finished run = await home.RunAsync("run", home.Write("plan.yaml", "name: p\nmodels: [SqueezeNet1_1]\nthroughput: { devices: [cpu] }\neffort: quick\n"));

        Assert.Equal(4, run.ExitCode);
        Assert.Contains(run.Errors, line => line.Contains("1 of 1 cells could not be measured here: the runtime does no throughput launches", StringComparison.Ordinal));
    }
}
