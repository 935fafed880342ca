using Fleetmark.Agent.Files;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Tests.Nvml;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Documents;
using Microsoft.Extensions.Time.Testing;

namespace Fleetmark.Agent.Tests.Fleet;

[Collection(nameof(OneLibraryAtATime))]
public sealed class LocalMachineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Devices_of_one_class_are_one_class_that_names_each_of_them()
    {
        AgentOptions options = Options();
        options.Nvml.Replay = _folder.Save("replay.jsonl", """
            {"device":0,"uuid":"GPU-b","name":"Tesla T4","computeCapability":"7.5","memoryMib":15360}
            {"device":1,"uuid":"GPU-a","name":"Tesla T4","computeCapability":"7.5","memoryMib":15360}
            {"device":2,"uuid":"GPU-c","name":"Tesla V100-SXM2-16GB","computeCapability":"7.0","memoryMib":16160}
            """);

        IReadOnlyList<DeviceClass> classes = await LocalMachine.ProbeAsync(options, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(3, classes.Count);
        Assert.StartsWith("cpu-", Assert.Single(classes[0].Devices), StringComparison.Ordinal);
        Assert.Equal(["t4: GPU-a GPU-b", "v100-sxm2-16gb: GPU-c"], classes.Skip(1).Select(c => $"{c.Slug}: {string.Join(' ', c.Devices)}"));
    }

    [Fact]
    public async Task A_device_that_is_measured_on_is_in_use_and_stays_untouched()
    {
        AgentOptions options = Options();
        options.Nvml.Replay = _folder.Save("replay.jsonl", """{"device":0,"uuid":"GPU-a","name":"Tesla T4","computeCapability":"7.5"}""");
        options.Runtimes.Add(Touching(Path.Combine(_folder.Path, "touched")));
        Directory.CreateDirectory(options.LockFolder!);
        using FileLock measured = FileLock.TryTake(options.DeviceLock("GPU-a"))!;
        var clock = new FakeTimeProvider();

        Task<IReadOnlyList<DeviceClass>> look = LocalMachine.ProbeAsync(options, clock, TestContext.Current.CancellationToken);
        await Eventually.Async("it gives up", () =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            return look.IsCompleted;
        });

        Problem problem = (await Assert.ThrowsAsync<ProblemException>(() => look)).Problems[0];
        Assert.Equal((LocalMachine.InUse, "CPU"), (problem.Code, problem.Where));
        Assert.Contains("in use by a measurement", problem.What, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At("touched")));
    }

    [Fact]
    public async Task Looking_leaves_no_data_folder_behind()
    {
        AgentOptions options = Options();
        await LocalMachine.ProbeAsync(options, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(_folder.At("data"), options.DataFolder);
        Assert.False(Directory.Exists(options.DataFolder));
    }

    private AgentOptions Options() => new() { DataFolder = _folder.At("data"), LockFolder = _folder.At("locks") };

    /// <summary>A runtime that leaves a file when it is started.</summary>
    private static RuntimeOptions Touching(string path) => new() { Name = "touching", Executable = "/bin/sh", Arguments = { "-c", $"touch '{path}'" }, Devices = { "cpu", "nvidia" } };
}
