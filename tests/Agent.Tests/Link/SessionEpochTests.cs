using Fleetmark.Agent.Link;

namespace Fleetmark.Agent.Tests.Link;

public sealed class SessionEpochTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Epochs_rise_by_one_across_processes()
    {
        string path = _folder.At("epoch");
        Assert.Equal([1L, 2L, 3L], new[] { SessionEpoch.Next(path), SessionEpoch.Next(path), SessionEpoch.Next(path) });
        Assert.Equal("3", File.ReadAllText(path));
    }
}
