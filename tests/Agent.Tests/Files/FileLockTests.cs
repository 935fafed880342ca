using Fleetmark.Agent.Files;

namespace Fleetmark.Agent.Tests.Files;

public sealed class FileLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_holder_at_a_time()
    {
        using (FileLock? first = FileLock.TryTake(_folder.At("lock")))
        {
            Assert.NotNull(first);
            Assert.Null(FileLock.TryTake(_folder.At("lock")));
            Assert.True(first.IsHeld);
        }

        using FileLock? next = FileLock.TryTake(_folder.At("lock"));
        Assert.NotNull(next);
    }

    [Fact]
    public void A_lock_whose_file_was_taken_away_is_lost()
    {
        using FileLock held = FileLock.TryTake(_folder.At("lock"))!;
        File.Delete(_folder.At("lock"));
        Assert.False(held.IsHeld);
    }

    [Fact]
    public void A_lock_taken_through_a_linked_folder_is_held_until_its_file_is_taken_away()
    {
        Directory.CreateDirectory(_folder.At("real"));
        Directory.CreateSymbolicLink(_folder.At("link"), _folder.At("real"));
        using FileLock held = FileLock.TryTake(_folder.At("link", "lock"))!;
        Assert.True(held.IsHeld);
        File.Delete(_folder.At("real", "lock"));
        Assert.False(held.IsHeld);
    }

    [Fact]
    public async Task A_file_of_another_user_is_an_error_not_a_lock()
    {
        _folder.OpenToAll();
        TemporaryFolder.Permit(_folder.Save("lock", ""), UnixFileMode.None);
        await Unprivileged.Run(() => Assert.ThrowsAny<IOException>(() => FileLock.TryTake(_folder.At("lock"))));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error_not_a_lock() => Assert.ThrowsAny<IOException>(() => FileLock.TryTake(_folder.At("none", "lock")));
}
