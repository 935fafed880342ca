using System.Text.Json;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Worker.Tests.Throughput;

/// <summary>The real worker, with windows far shorter than any plan asks for.</summary>
public sealed class ThroughputLaunchTests(ModelFolder models) : IClassFixture<ModelFolder>
{
    private const int WindowMs = 100;

    [Theory]
    [InlineData(1, Scope.EndToEnd)]
    [InlineData(3, Scope.EndToEnd)]
    [InlineData(2, Scope.Device)]
    public async Task A_launch_holds_the_whole_conversation(int concurrency, Scope scope)
    {
        (LaunchOutcome outcome, WorkerUnderTest worker) = await WorkerUnderTest.AskAsync(Launch(concurrency) with { Scope = scope }, models.At(""));

        Assert.False(outcome.IsFailure, outcome.Failure?.ToString());
        Assert.Equal(["load", "first", "warmup", "sample", "finish"], worker.Messages("phase").Select(phase => phase.GetProperty("name").GetString()));
        ResultMessage result = outcome.Result!;
        Assert.Equal(WindowMs * 1_000_000L, result.WindowEnd - result.WindowStart);
        Assert.Equal(concurrency, outcome.Samples!.Streams.Count);
        Assert.All(outcome.Samples.Streams, count => Assert.True(count > 0));
        Assert.Equal(outcome.Samples.Streams.Select(count => (long)count), result.Bursts!.Select(burst => burst[1]));
        Assert.All(result.Bursts!, burst => Assert.InRange(burst[0], result.WindowStart, result.WindowEnd));
        Assert.Null(result.HalfWidth);
        Assert.NotEmpty(result.Warmup!.WindowsNs);
        Assert.Equal(["load", "first", "warmup", "sample"], result.PhasesMs!.Keys);
        Assert.Equal("fp32", result.Effective!.Precision);
    }

    [Theory]
    [InlineData(1, Scope.EndToEnd)]
    [InlineData(3, Scope.EndToEnd)]
    [InlineData(2, Scope.Device)]
    public async Task The_loops_neither_allocate_nor_collect_and_their_samples_lie_in_the_window(int concurrency, Scope scope)
    {
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(Launch(concurrency) with { Scope = scope }, models.At(""));

        Assert.Equal(new CollectionReport(), outcome.Result!.Gc);
        int next = 0;
        foreach ((int count, long[] burst) in outcome.Samples!.Streams.Zip(outcome.Result.Bursts!))
        {
            Assert.True(burst[0] + outcome.Samples.Nanoseconds.Skip(next).Take(count).Sum() <= outcome.Result.WindowEnd);
            next += count;
        }
    }

    /// <summary>More calls than there is room for. Four loops, so that each may get many times its share before its own memory is full, whatever else runs here.</summary>
    [Fact]
    public async Task Short_calls_are_timed_several_as_one_sample()
    {
        LaunchRequest launch = models.LaunchOf(models.Chain()) with { Kind = LaunchKind.Throughput, Concurrency = 4 };
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(launch with { Sample = launch.Sample with { MinMs = WindowMs, MaxCount = 1000 } }, models.At(""));

        Assert.False(outcome.IsFailure, outcome.Failure?.ToString());
        Assert.True(outcome.Samples!.CallsPerSample > 1);
    }

    [Fact]
    public async Task All_loops_compute_what_a_latency_launch_computes()
    {
        (LaunchOutcome latency, _) = await WorkerUnderTest.AskAsync(models.Launch());
        (LaunchOutcome throughput, _) = await WorkerUnderTest.AskAsync(Launch(2), models.At(""));

        Assert.Equal(latency.Result!.Output.Sha256, throughput.Result!.Output.Sha256);
    }

    [Theory]
    [InlineData(null, "'concurrency' must be 1 to 256")]
    [InlineData(0, "'concurrency' must be 1 to 256")]
    [InlineData(257, "'concurrency' must be 1 to 256")]
    public async Task The_number_of_loops_is_checked(int? concurrency, string text)
    {
        (LaunchOutcome outcome, WorkerUnderTest worker) = await WorkerUnderTest.AskAsync(Launch(1) with { Concurrency = concurrency });

        Assert.Equal((text, 10), (outcome.Failure!.Text, worker.ExitCode));
    }

    [Fact]
    public async Task Other_kinds_have_no_loops_and_graphs_have_one()
    {
        (LaunchOutcome latency, _) = await WorkerUnderTest.AskAsync(models.Launch() with { Concurrency = 2 });
        Assert.Equal("'concurrency' is for the kind 'throughput'", latency.Failure!.Text);

        LaunchRequest graph = Launch(2) with { Provider = "cuda", Scope = Scope.Device, Options = new Dictionary<string, string> { ["enable_cuda_graph"] = "1" } };
        (LaunchOutcome several, _) = await WorkerUnderTest.AskAsync(graph);
        Assert.Equal(("unsupported", "option 'enable_cuda_graph' replays fixed device buffers, which only one loop at a time can do"), (several.Failure!.Code, several.Failure.Text));
        (LaunchOutcome one, _) = await WorkerUnderTest.AskAsync(graph with { Concurrency = 1 });
        Assert.DoesNotContain("one loop", one.Failure!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("warmup")]
    [InlineData("sample")]
    public async Task Cancel_ends_it_in_every_phase(string phase)
    {
        LaunchRequest launch = Launch(2);
        launch = launch with { Warmup = launch.Warmup with { MinMs = 120_000, CapMs = 120_000 } };
        if (phase == "sample") launch = Launch(2) with { Sample = launch.Sample with { MinMs = 120_000, MaxMs = 120_000 } };
        await using WorkerUnderTest worker = WorkerUnderTest.Start(launch, models.At(""));
        await worker.SendAsync(launch);
        await worker.UntilAsync($"\"name\":\"{phase}\"");

        await worker.SendAsync("{\"type\":\"cancel\"}\n");

        Assert.Equal("cancelled", (await worker.EndAsync(WorkerStop.Cancelled)).Failure!.Code);
        Assert.Equal(16, worker.ExitCode);
        JsonElement error = Assert.Single(worker.Messages("error"));
        Assert.Equal(phase, error.GetProperty("phase").GetString());
    }

    private LaunchRequest Launch(int concurrency)
    {
        LaunchRequest latency = models.Launch();
        return latency with { Kind = LaunchKind.Throughput, Concurrency = concurrency, Sample = latency.Sample with { MinMs = WindowMs, MaxCount = 240_000 } };
    }
}
