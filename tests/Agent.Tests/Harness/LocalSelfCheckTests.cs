using Fleetmark.Agent.Files;
using Fleetmark.Agent.Harness;
using Fleetmark.Agent.Tests.Nvml;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fleetmark.Agent.Tests.Harness;

[Collection(nameof(OneLibraryAtATime))]
public sealed class LocalSelfCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task While_a_launch_uses_a_GPU_nothing_is_measured()
    {
        AgentOptions options = Options();
        using (FileLock.TryTake(options.DeviceLock("GPU-t4")))
            Assert.Contains("an agent of this machine measures", (await RunAsync(options)).Reason, StringComparison.Ordinal);
        Assert.NotNull((await RunAsync(options)).Report);
    }

    [Fact]
    public async Task The_options_stay_as_they_are_and_no_data_folder_is_made()
    {
        AgentOptions options = Options();
        await RunAsync(options);
        Assert.Equal(_folder.At("data"), options.DataFolder);
        Assert.False(Directory.Exists(options.DataFolder));
    }

    private static Task<SelfCheckOutcome> RunAsync(AgentOptions options) =>
        new LocalSelfCheck(options, TimeProvider.System, NullLoggerFactory.Instance).RunAsync(TestContext.Current.CancellationToken);

    private AgentOptions Options()
    {
        var options = new AgentOptions { DataFolder = _folder.At("data"), LockFolder = Directory.CreateDirectory(_folder.At("locks")).FullName, BuiltInRuntimes = false };
        options.Nvml.Replay = _folder.Save("replay.jsonl", """{"device":0,"uuid":"GPU-t4","name":"Tesla T4","computeCapability":"7.5"}""");
        var fake = new RuntimeOptions { Name = "fake-1", Executable = FakeWorkerProgram.Path, BuildsModels = true };
        foreach ((string name, string value) in FakeWorkerProgram.Environment("selfcheck:1,1")) fake.Environment[name] = value;
        options.Runtimes.Add(fake);
        return options;
    }
}
