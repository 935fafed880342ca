using System.ComponentModel;
using System.Diagnostics;
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
    public async Task It_says_what_it_can_do() => Assert.Equal("cpu", Assert.Single((await AskAsync(new CapabilitiesRequest())).Capabilities!.Providers).Name);

    [Fact]
    public async Task It_refuses_what_it_cannot_do()
    {
        Assert.Equal("unsupported", (await AskAsync(_models.Launch() with { Precision = Precision.Fp16 })).Failure!.Code);
        Assert.Equal("model-invalid", (await AskAsync(_models.Launch() with { Model = new ModelFile { Path = "/none", Format = "onnx" } })).Failure!.Code);
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

    private WorkerUnderTest Start(WorkerRequest request)
    {
        Assert.SkipUnless(HasPython(), "python3 is not installed");
        string script = _models.Save("example.py", System.Text.Encoding.UTF8.GetBytes(Example()));
        return WorkerUnderTest.Start("python3", [script], request);
    }

    private static string Example()
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "worker-protocol.md"));
        const string Fence = "```python\n";
        int begin = page.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length;
        return page[begin..page.IndexOf("```", begin, StringComparison.Ordinal)];
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
