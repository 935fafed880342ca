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
    public void A_folder_that_is_not_there_is_an_error_not_a_lock() => Assert.ThrowsAny<IOException>(() => FileLock.TryTake(_folder.At("none", "lock")));
}
