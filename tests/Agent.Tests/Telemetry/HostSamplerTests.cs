using Fleetmark.Agent.Processes;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Workers;

namespace Fleetmark.Agent.Tests.Telemetry;

public sealed class HostSamplerTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StartedProcesses _processes = new();

    public async ValueTask DisposeAsync()
    {
        await _processes.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Time_of_the_workers_children_is_the_workers_own()
    {
        var busy = new WorkerCommand("/bin/sh", ["-c", "sh -c 'while :; do :; done'; true"], new Dictionary<string, string>(StringComparer.Ordinal));
        using var process = WorkerProcess.Start(busy, _folder.Path);
        _processes.Add(process.Id);
        await using var sampler = new HostSampler(new HostFiles("/"), new LaunchCores([0], []), process.Id, TimeProvider.System);
        await Eventually.Async("time of the child", () => sampler.Latest.OwnTicks >= 5, () => sampler.Latest);
        IReadOnlyList<HostSample> samples = await sampler.EndAsync();
        process.Signal(ProcessSignals.Kill);
        await process.Exited;
        Assert.True(samples.Count >= 2);
        Assert.All(samples.Zip(samples.Skip(1)), pair => Assert.True(pair.First.At < pair.Second.At));
        Assert.True(ProcessStatus.Of(process.Id) is null or { IsGone: true });
    }
}
