namespace Fleetmark.Agent.Tests;

public sealed class AgentFoldersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Device_locks_lie_where_the_system_keeps_its_own()
    {
        Assert.Equal(_folder.Path, AgentFolders.FirstWritable(_folder.Path, "/elsewhere"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_passed_over() => Assert.Equal("/elsewhere", AgentFolders.FirstWritable(_folder.At("none"), "/elsewhere"));

    [Fact]
    public async Task A_folder_only_root_may_write_to_is_passed_over()
    {
        _folder.OpenToAll();
        TemporaryFolder.Permit(Directory.CreateDirectory(_folder.At("locks")).FullName, (UnixFileMode)0b101_101_101);
        await Unprivileged.Run(() => Assert.Equal("/elsewhere", AgentFolders.FirstWritable(_folder.At("locks"), "/elsewhere")));
    }
}
