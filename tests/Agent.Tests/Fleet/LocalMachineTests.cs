using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Tests.Nvml;
using Fleetmark.Contracts.Fleet;

namespace Fleetmark.Agent.Tests.Fleet;

[Collection(nameof(OneLibraryAtATime))]
public sealed class LocalMachineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Devices_of_one_class_are_one_class_that_names_each_of_them()
    {
        var options = new AgentOptions { DataFolder = _folder.Path };
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
}
