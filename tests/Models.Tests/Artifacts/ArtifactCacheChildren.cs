using Fleetmark.Models.Artifacts;

namespace Fleetmark.Models.Tests.Artifacts;

/// <summary>What other processes do to a cache, started by <see cref="ArtifactCacheTests"/>. They own no folder: one of them is killed.</summary>
public sealed class ArtifactCacheChildren
{
    [Fact(Explicit = true)]
    public void Half_a_file_written_by_a_child()
    {
        var folder = new ArtifactFolder(Path.Combine(Environment.GetEnvironmentVariable("FLEETMARK_TEST_HOME")!, "models", "sha256"), TimeProvider.System, Disk.FreeBytes);
        folder.Write(
            "half",
            1 << 20,
            target =>
            {
                target.Write(new byte[1 << 19]);
                AnswerAndWaitForTheEnd();
            },
            null);
    }

    [Fact(Explicit = true)]
    public async Task A_build_by_a_child()
    {
        var cache = new ArtifactCache(Environment.GetEnvironmentVariable("FLEETMARK_TEST_HOME")!, TimeProvider.System);
        await File.WriteAllTextAsync(
            Environment.GetEnvironmentVariable("FLEETMARK_TEST_ANSWER")!,
            (await cache.EnsureAsync(TinyRes.Definition, null, TestContext.Current.CancellationToken)).Path,
            TestContext.Current.CancellationToken);
    }

    /// <summary>The free space is asked for with the lock held and the file not yet begun.</summary>
    [Fact(Explicit = true)]
    public async Task A_build_by_a_child_that_never_ends()
    {
        var cache = new ArtifactCache(Environment.GetEnvironmentVariable("FLEETMARK_TEST_HOME")!, TimeProvider.System, ArtifactCache.DefaultMaximumBytes, _ =>
        {
            AnswerAndWaitForTheEnd();
            return 0;
        });
        await cache.EnsureAsync(TinyRes.Definition, null, TestContext.Current.CancellationToken);
    }

    [Fact(Explicit = true)]
    public async Task A_file_held_by_a_child()
    {
        var cache = new ArtifactCache(Environment.GetEnvironmentVariable("FLEETMARK_TEST_HOME")!, TimeProvider.System);
        using IDisposable held = await cache.HoldAsync(Digest.Parse(Environment.GetEnvironmentVariable("FLEETMARK_TEST_DIGEST"))!.Value, TestContext.Current.CancellationToken);
        AnswerAndWaitForTheEnd();
    }

    private static void AnswerAndWaitForTheEnd()
    {
        File.WriteAllText(Environment.GetEnvironmentVariable("FLEETMARK_TEST_ANSWER")!, "");
        using var never = new ManualResetEvent(false);
        never.WaitOne();
    }
}
