using System.Security.Cryptography;
using Fleetmark.Documents;
using Fleetmark.Models.Artifacts;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Imported;
using Microsoft.Extensions.Time.Testing;

namespace Fleetmark.Models.Tests.Artifacts;

public sealed class ArtifactCacheTests : IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _home = new();

    /// <summary>Far ahead of the times the file system writes: to this clock, every unfinished file is old.</summary>
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2131, 2, 3, 4, 5, 6, TimeSpan.Zero));
    private int _writes;

    private readonly SteppedTime _time;

    public ArtifactCacheTests() => _time = new SteppedTime(_clock);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_model_is_made_once_and_named_by_its_content()
    {
        ArtifactCache cache = Cache();
        Artifact first = await cache.EnsureAsync(TinyRes.Definition, null, Cancel), again = await cache.EnsureAsync(TinyRes.Definition, null, Cancel);
        Digest digest = OnnxEmitter.Digest(TinyRes.Definition, Cancel);
        Assert.Equal(new Artifact(digest, Path.Combine(_home.Path, "models", "sha256", digest.Hex[..2], $"{digest}.onnx"), OnnxEmitter.Size(TinyRes.Definition)), first);
        Assert.Equal(first, again);
        Assert.Equal(first, await Cache().EnsureAsync(TinyRes.Definition, digest, Cancel));
        Assert.Equal(first, await Cache().FindAsync(digest, Cancel));
        Assert.Equal(1, _writes);
        Assert.Equal(digest.Hex, await HashAsync(first));
    }

    [Fact]
    public async Task A_digest_is_known_without_the_file_and_remembered()
    {
        Assert.Equal(OnnxEmitter.Digest(TinyRes.Definition, Cancel), await Cache().DigestAsync(TinyRes.Definition, Cancel));
        Assert.Equal(["json", "lock"], _home.Files().Select(f => f.Split('.')[^1]).Order());
        string recipe = Path.Combine(_home.Path, _home.Files().Single(f => f.EndsWith(".json", StringComparison.Ordinal)));
        await File.WriteAllTextAsync(recipe, (await File.ReadAllTextAsync(recipe, Cancel)).Replace(OnnxEmitter.Digest(TinyRes.Definition, Cancel).Hex, Digest.OfText("remembered").Hex, StringComparison.Ordinal), Cancel);
        Assert.Equal(Digest.OfText("remembered"), await Cache().DigestAsync(TinyRes.Definition, Cancel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    public async Task A_broken_recipe_is_forgotten(string text)
    {
        await Cache().EnsureAsync(TinyRes.Definition, null, Cancel);
        string recipe = Path.Combine(_home.Path, _home.Files().Single(f => f.EndsWith(".json", StringComparison.Ordinal)));
        await File.WriteAllTextAsync(recipe, text, Cancel);
        Assert.Equal(OnnxEmitter.Digest(TinyRes.Definition, Cancel), (await Cache().EnsureAsync(TinyRes.Definition, null, Cancel)).Sha256);
        Assert.Contains(OnnxEmitter.Digest(TinyRes.Definition, Cancel).Hex, await File.ReadAllTextAsync(recipe, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_digest_than_promised_is_not_reproducible_and_leaves_nothing()
    {
        Digest promised = Digest.OfText("promised");
        var e = await Assert.ThrowsAsync<ProblemException>(() => Cache().EnsureAsync(TinyRes.Definition, promised, Cancel));
        Assert.Equal("not-reproducible", e.Problems[0].Code);
        Assert.Contains(promised.Hex, e.Problems[0].What, StringComparison.Ordinal);
        Assert.Contains(OnnxEmitter.Digest(TinyRes.Definition, Cancel).Hex, e.Problems[0].What, StringComparison.Ordinal);
        Assert.Empty(Models());
    }

    [Fact]
    public async Task A_flipped_byte_is_found_by_the_next_process_and_the_file_made_anew()
    {
        Artifact artifact = await Cache().EnsureAsync(TinyRes.Definition, null, Cancel);
        DateTime changed = File.GetLastWriteTimeUtc(artifact.Path);
        Flip(artifact.Path);
        File.SetLastWriteTimeUtc(artifact.Path, changed);
        Assert.Equal(artifact, await Cache().EnsureAsync(TinyRes.Definition, null, Cancel));
        Assert.Equal(artifact.Sha256.Hex, await HashAsync(artifact));
        Assert.True(File.Exists(artifact.Path + ".corrupt"));
        Assert.Equal(2, _writes);
    }

    [Fact]
    public async Task A_file_changed_under_a_running_process_is_found_by_its_time()
    {
        ArtifactCache cache = Cache();
        Artifact artifact = await cache.EnsureAsync(TinyRes.Definition, null, Cancel);
        Flip(artifact.Path);
        File.SetLastWriteTimeUtc(artifact.Path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Null(await cache.FindAsync(artifact.Sha256, Cancel));
        Assert.Equal(artifact, await cache.EnsureAsync(TinyRes.Definition, null, Cancel));
    }

    [Fact]
    public async Task Two_builders_make_a_file_once()
    {
        Artifact[] artifacts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Cache().EnsureAsync(TinyRes.Definition, null, Cancel)).ToArray());
        Assert.Single(artifacts.Distinct());
        Assert.Equal(1, _writes);
    }

    [Fact]
    public async Task Nothing_is_built_while_another_process_builds_and_the_wait_can_be_cancelled()
    {
        string locks = Directory.CreateDirectory(Path.Combine(_home.Path, "models", "locks")).FullName;
        await using var held = new FileStream(Path.Combine(locks, "build.lock"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        using var stop = new CancellationTokenSource();
        Task<Artifact> waiting = Cache().EnsureAsync(TinyRes.Definition, null, stop.Token);
        Assert.Same(_time.Waits, await Task.WhenAny(_time.Waits, waiting));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, _writes);
    }

    [Fact]
    public async Task A_full_disk_is_told_with_numbers_and_leaves_nothing()
    {
        var cache = new ArtifactCache(_home.Path, _clock, ArtifactCache.DefaultMaximumBytes, _ => 1234);
        var e = await Assert.ThrowsAsync<ProblemException>(() => cache.EnsureAsync(TinyRes.Definition, null, Cancel));
        Assert.Equal("disk-full", e.Problems[0].Code);
        Assert.Equal($"model tiny-res needs {OnnxEmitter.Size(TinyRes.Definition)} bytes, the disk has 1234 free", e.Problems[0].What);
        Assert.Empty(Models());
        Assert.True(File.Exists((await Cache().EnsureAsync(TinyRes.Definition, null, Cancel)).Path));
    }

    [Fact]
    public async Task A_disk_too_full_for_a_recipe_is_told_with_numbers_and_leaves_nothing()
    {
        var cache = new ArtifactCache(_home.Path, _clock, ArtifactCache.DefaultMaximumBytes, folder => folder.EndsWith("recipes", StringComparison.Ordinal) ? 7 : 1L << 40);
        var e = await Assert.ThrowsAsync<ProblemException>(() => cache.DigestAsync(TinyRes.Definition, Cancel));
        Assert.Equal("disk-full", Assert.Single(e.Problems).Code);
        Assert.Matches("^the recipe of model tiny-res needs [0-9]{3} bytes, the disk has 7 free$", e.Problems[0].What);
        Assert.DoesNotContain(_home.Files(), f => f.StartsWith(Path.Combine("models", "recipes"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_in_the_place_of_a_recipe_is_told()
    {
        await Cache().DigestAsync(TinyRes.Definition, Cancel);
        string recipe = Path.Combine(_home.Path, _home.Files().Single(f => f.EndsWith(".json", StringComparison.Ordinal)));
        File.Delete(recipe);
        Directory.CreateDirectory(Path.Combine(recipe, "full"));
        var e = await Assert.ThrowsAsync<ProblemException>(() => Cache().DigestAsync(TinyRes.Definition, Cancel));
        Assert.Equal("cache-unwritable", Assert.Single(e.Problems).Code);
    }

    [Theory]
    [InlineData("models")]
    [InlineData("models/recipes")]
    [InlineData("models/sha256")]
    public async Task A_folder_that_cannot_be_made_is_told(string occupied)
    {
        string path = Path.Combine(_home.Path, occupied);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "a file where a folder belongs", Cancel);
        var e = await Assert.ThrowsAsync<ProblemException>(() => Cache().EnsureAsync(TinyRes.Definition, null, Cancel));
        Assert.Equal("cache-unwritable", Assert.Single(e.Problems).Code);
    }

    [Fact]
    public void A_disk_that_fills_up_while_writing_leaves_nothing()
    {
        const int NoSpace = 28;
        ArtifactFolder folder = Folder();
        var e = Assert.Throws<ProblemException>(() => folder.Write(
            "model x",
            10,
            target =>
            {
                target.Write(new byte[5]);
                throw new IOException("No space left on device", NoSpace);
            },
            null));
        Assert.Equal("disk-full", e.Problems[0].Code);
        Assert.Empty(Models());
    }

    [Fact]
    public async Task A_cancelled_build_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Folder().Write("model x", 10, target => { target.Write(new byte[5]); stop.Cancel(); stop.Token.ThrowIfCancellationRequested(); }, null));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cache().EnsureAsync(TinyRes.Definition, null, stop.Token));
        Assert.Empty(Models());
    }

    [Fact]
    public async Task A_process_killed_while_writing_leaves_no_visible_file_and_its_rest_is_removed_later()
    {
        string started = Path.Combine(_home.Path, "started");
        using (ChildProcess child = ChildProcess.Start(
            $"{typeof(ArtifactCacheChildren).FullName}.{nameof(ArtifactCacheChildren.Half_a_file_written_by_a_child)}", ("FLEETMARK_TEST_HOME", _home.Path), ("FLEETMARK_TEST_ANSWER", started)))
        {
            await child.UntilAsync(started, Cancel);
            Folder().Write("other", 3, target => target.Write("abc"u8), null);
            Assert.Single(Models(), f => f.EndsWith(".tmp", StringComparison.Ordinal));
            await child.KillAsync(Cancel);
        }

        Assert.Single(Models(), f => f.EndsWith(".onnx", StringComparison.Ordinal));
        Assert.Single(Models(), f => f.EndsWith(".tmp", StringComparison.Ordinal));
        Artifact artifact = await Cache().EnsureAsync(TinyRes.Definition, null, Cancel);
        Assert.Equal(artifact.Sha256.Hex, await HashAsync(artifact));
        Assert.DoesNotContain(Models(), f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_builder_killed_at_work_leaves_no_lock_behind()
    {
        string started = Path.Combine(_home.Path, "started");
        using ChildProcess child = ChildProcess.Start(
            $"{typeof(ArtifactCacheChildren).FullName}.{nameof(ArtifactCacheChildren.A_build_by_a_child_that_never_ends)}", ("FLEETMARK_TEST_HOME", _home.Path), ("FLEETMARK_TEST_ANSWER", started));
        await child.UntilAsync(started, Cancel);
        Task<Artifact> ours = Cache().EnsureAsync(TinyRes.Definition, null, Cancel);
        Assert.False(ours.IsCompleted);
        await child.KillAsync(Cancel);
        Assert.Equal((await ours).Sha256.Hex, await HashAsync(await ours));
        Assert.Equal(["onnx"], Models().Select(f => f.Split('.')[^1]));
    }

    [Fact]
    public async Task A_file_held_by_another_process_is_not_removed()
    {
        ArtifactCache cache = Cache(maximumBytes: 0);
        Artifact held = await cache.EnsureAsync(TinyRes.Named("a"), null, Cancel);
        string started = Path.Combine(_home.Path, "started");
        using (ChildProcess child = ChildProcess.Start(
            $"{typeof(ArtifactCacheChildren).FullName}.{nameof(ArtifactCacheChildren.A_file_held_by_a_child)}",
            ("FLEETMARK_TEST_HOME", _home.Path), ("FLEETMARK_TEST_ANSWER", started), ("FLEETMARK_TEST_DIGEST", held.Sha256.Hex)))
        {
            await child.UntilAsync(started, Cancel);
            await cache.EnsureAsync(TinyRes.Named("b"), null, Cancel);
            Assert.True(File.Exists(held.Path));
            await child.KillAsync(Cancel);
        }

        await cache.EnsureAsync(TinyRes.Named("c"), null, Cancel);
        Assert.False(File.Exists(held.Path));
    }

    [Fact]
    public async Task Another_process_waits_for_the_build_and_uses_it()
    {
        string answer = Path.Combine(_home.Path, "answer");
        using ChildProcess child = ChildProcess.Start(
            $"{typeof(ArtifactCacheChildren).FullName}.{nameof(ArtifactCacheChildren.A_build_by_a_child)}", ("FLEETMARK_TEST_HOME", _home.Path), ("FLEETMARK_TEST_ANSWER", answer));
        Artifact ours = await Cache().EnsureAsync(TinyRes.Definition, null, Cancel);
        await child.FinishAsync(Cancel);
        Assert.Equal(ours.Path, await File.ReadAllTextAsync(answer, Cancel));
        Assert.Equal(["onnx"], Models().Select(f => f.Split('.')[^1]));
    }

    [Fact]
    public async Task The_least_recently_used_files_go_first_and_held_ones_stay()
    {
        long room = (long)(2.5 * OnnxEmitter.Size(TinyRes.Definition));
        ArtifactCache cache = Cache(room);
        Artifact held = await Next("a"), old = await Next("b");
        using (await Cache().HoldAsync(held.Sha256, Cancel))
        {
            Artifact third = await Next("c");
            Assert.Equal([held.Path, third.Path], new[] { held.Path, old.Path, third.Path }.Where(File.Exists));
            Assert.NotNull(await cache.FindAsync(third.Sha256, Cancel));
        }

        Artifact fourth = await Next("d");
        Assert.False(File.Exists(held.Path));
        Assert.True(File.Exists(fourth.Path));

        async Task<Artifact> Next(string name)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            return await cache.EnsureAsync(TinyRes.Named(name), null, Cancel);
        }
    }

    [Fact]
    public async Task Use_keeps_a_file_young()
    {
        ArtifactCache cache = Cache((long)(2.5 * OnnxEmitter.Size(TinyRes.Definition)));
        Artifact first = await cache.EnsureAsync(TinyRes.Named("a"), null, Cancel);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Artifact second = await cache.EnsureAsync(TinyRes.Named("b"), null, Cancel);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await cache.FindAsync(first.Sha256, Cancel);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await cache.EnsureAsync(TinyRes.Named("c"), null, Cancel);
        Assert.True(File.Exists(first.Path));
        Assert.False(File.Exists(second.Path));
    }

    [Fact]
    public async Task An_imported_file_is_taken_over_by_its_content()
    {
        string path = _home.Write("trained.onnx", TinyRes.Bytes(TinyRes.Definition));
        ImportedModel model = ImportedModel.Open(path, ImportExpectation.Nothing, Cancel);
        Artifact artifact = await Cache().ImportAsync(model, Cancel);
        Assert.Equal((model.Sha256, model.SizeBytes), (artifact.Sha256, artifact.SizeBytes));
        File.Delete(path);
        Assert.Equal(artifact, await Cache().ImportAsync(model, Cancel));
    }

    [Fact]
    public async Task An_imported_file_that_changed_meanwhile_is_refused()
    {
        string path = _home.Write("trained.onnx", TinyRes.Bytes(TinyRes.Definition));
        ImportedModel model = ImportedModel.Open(path, ImportExpectation.Nothing, Cancel);
        Flip(path);
        var e = await Assert.ThrowsAsync<ProblemException>(() => Cache().ImportAsync(model, Cancel));
        Assert.Contains(model.Sha256.Hex, e.Problems[0].What, StringComparison.Ordinal);
        Assert.Empty(Models());
    }

    private static void Flip(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static async Task<string> HashAsync(Artifact artifact) => Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(artifact.Path, Cancel)));

    /// <summary>A cache as another process would open it; counts the models written.</summary>
    private ArtifactCache Cache(long maximumBytes = ArtifactCache.DefaultMaximumBytes) => new(_home.Path, _time, maximumBytes, folder =>
    {
        if (folder.EndsWith("sha256", StringComparison.Ordinal)) Interlocked.Increment(ref _writes);
        return Disk.FreeBytes(folder);
    });

    private ArtifactFolder Folder() => new(Path.Combine(_home.Path, "models", "sha256"), _clock, Disk.FreeBytes);

    private string[] Models() => [.. _home.Files().Where(f => f.StartsWith(Path.Combine("models", "sha256"), StringComparison.Ordinal))];

    /// <summary>The test's times of use, the system's timers: locks of other processes are polled.</summary>
    private sealed class SteppedTime(FakeTimeProvider clock) : TimeProvider
    {
        private readonly TaskCompletionSource _waits = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when somebody waits for a lock.</summary>
        internal Task Waits => _waits.Task;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _waits.TrySetResult();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
