using System.ComponentModel;
using System.Diagnostics;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Worker.Tests.Protocol;

/// <summary>The Python worker of docs/worker-protocol.md, run as it stands there.</summary>
public sealed class DocumentedWorkerTests : IDisposable
{
    private readonly ModelFolder _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task It_measures_a_launch()
    {
        LaunchOutcome outcome = await AskAsync(_models.Launch());
        Assert.False(outcome.IsFailure, outcome.Failure?.ToString());
        Assert.Equal("python-example", outcome.Hello!.Worker);
        Assert.InRange(outcome.Samples!.Nanoseconds.Count, 100, 1000);
    }

    [Fact]
    public async Task It_says_what_it_can_do()
    {
        CapabilitiesMessage capabilities = Assert.IsType<CapabilitiesMessage>((await AskAsync(new CapabilitiesRequest())).Answer);
        Assert.Equal("cpu", Assert.Single(capabilities.Providers).Name);
    }

    [Fact]
    public async Task It_refuses_what_it_cannot_do()
    {
        Assert.Equal("unsupported", (await AskAsync(_models.Launch() with { Precision = Precision.Fp16 })).Failure!.Code);
        Assert.Equal("unsupported", (await AskAsync(_models.Launch() with { Provider = "cuda" })).Failure!.Code);
        Assert.Equal("model-invalid", (await AskAsync(_models.Launch() with { Model = new ModelFile { Path = "/none", Format = "onnx" } })).Failure!.Code);
    }

    [Fact]
    public void It_is_the_one_of_the_examples() =>
        Assert.Equal(File.ReadAllText(Path.Combine(Root(), "examples", "workers", "python", "worker.py")), Example());

    [Theory]
    [InlineData(Effort.Quick, 1, 3)]
    [InlineData(Effort.Standard, 15, 10)]
    [InlineData(Effort.Publish, 30, 20)]
    public async Task Calls_of_two_seconds_end_at_the_caps_and_are_heard_of(Effort effort, int warmUpCalls, int samples)
    {
        var settings = EffortSettings.For(effort, isCpu: true);
        LaunchRequest launch = _models.Launch() with { Warmup = settings.WarmUp, Sample = settings.Sampling };
        await using WorkerUnderTest worker = Start(launch, SlowExample());
        await worker.SendAsync(launch);
        LaunchOutcome outcome = await worker.EndAsync();
        Assert.False(outcome.IsFailure, outcome.Failure?.ToString());
        Assert.Equal(Enumerable.Repeat(2_000_000_000L, samples), outcome.Samples!.Nanoseconds);
        Assert.Equal(samples * 2_000_000_000L, outcome.Result!.WindowEnd - outcome.Result.WindowStart);
        // One message after each call: no call of this length may pass in silence.
        Assert.Equal(
            [.. Enumerable.Range(1, warmUpCalls).Select(calls => $"warmup {calls}"), .. Enumerable.Range(1, samples).Select(calls => $"sample {calls}")],
            worker.Messages("progress").Select(progress => $"{progress.GetProperty("phase")} {progress.GetProperty("calls")}"));
    }

    [Fact]
    public async Task Short_calls_are_told_of_at_most_four_times_a_second()
    {
        LaunchRequest launch = _models.Launch();
        await using WorkerUnderTest worker = Start(launch, SlowExample(callNanoseconds: 100_000_000));
        await worker.SendAsync(launch with { Sample = launch.Sample with { MinMs = 1000, MinCount = 10, MaxMs = 60_000 } });
        Assert.False((await worker.EndAsync()).IsFailure);
        Assert.Equal([3, 6, 9], worker.Messages("progress").Where(m => m.GetProperty("phase").GetString() == "sample").Select(m => m.GetProperty("calls").GetInt32()));
    }

    [Fact]
    public async Task It_stops_when_it_is_told()
    {
        LaunchRequest launch = _models.Launch();
        await using WorkerUnderTest worker = Start(launch);
        await worker.SendAsync(launch with { Sample = launch.Sample with { MinMs = 600_000, MaxCount = 10_000_000 } });
        await worker.UntilAsync("\"sample\"");
        await worker.SendAsync(new CancelRequest());
        Assert.Equal("cancelled", (await worker.EndAsync()).Failure!.Code);
        Assert.Equal(16, worker.ExitCode);
    }

    private async Task<LaunchOutcome> AskAsync(WorkerRequest request)
    {
        await using WorkerUnderTest worker = Start(request);
        await worker.SendAsync(request);
        return await worker.EndAsync();
    }

    private WorkerUnderTest Start(WorkerRequest request) => Start(request, Example());

    private WorkerUnderTest Start(WorkerRequest request, string example)
    {
        Assert.SkipUnless(HasPython(), "python3 is not installed");
        string script = _models.Save("example.py", System.Text.Encoding.UTF8.GetBytes(example));
        return WorkerUnderTest.Start("python3", [script], request);
    }

    private static string Example()
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "worker-protocol.md"));
        const string Fence = "```python\n";
        int begin = page.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length;
        return page[begin..page.IndexOf("```\n", begin, StringComparison.Ordinal)];
    }

    /// <summary>The example with another runtime in the place it shows, whose calls move a clock of their own, so that nobody waits for them.</summary>
    private static string SlowExample(long callNanoseconds = 2_000_000_000)
    {
        const string Import = "import hashlib, json, os, sys, threading, time\n";
        const string Runtime = "        output = [sum(a * b for a, b in zip(row, column)) for row in weights for column in weights]\n    return output\n";
        string example = Example();
        Assert.Contains(Import, example, StringComparison.Ordinal);
        Assert.Contains(Runtime, example, StringComparison.Ordinal);
        return example
            .Replace(Import, Import + "clock = [0]\ntime.monotonic_ns = lambda: clock[0]\n", StringComparison.Ordinal)
            .Replace(Runtime, $"        pass\n    clock[0] += {callNanoseconds}\n    return [1.0] * batch\n", StringComparison.Ordinal);
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Orchestrator.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("the repository's root");
    }

    private static bool HasPython()
    {
        try
        {
            using Process? python = Process.Start(new ProcessStartInfo("python3", ["--version"]) { UseShellExecute = false, RedirectStandardOutput = true });
            return python is not null;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
