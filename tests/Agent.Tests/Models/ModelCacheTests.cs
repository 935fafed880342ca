using System.Security.Cryptography;
using Fleetmark.Agent.Files;
using Fleetmark.Agent.Models;
using Fleetmark.Measurement.Launches;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Tests.Models;

public sealed class ModelCacheTests : IDisposable
{
    private static readonly byte[] Bytes = [1, 2, 3];
    private static readonly string Sha256 = System.Convert.ToHexStringLower(SHA256.HashData(Bytes));

    private readonly TemporaryFolder _folder = new();
    private readonly List<string?> _digests = [];
    private int _builds;

    private string Place => _folder.At("sha256", Sha256[..2], Sha256 + ".onnx");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_is_there_is_not_built()
    {
        _folder.Save($"sha256/{Sha256[..2]}/{Sha256}.onnx", "\u0001\u0002\u0003");
        Assert.Equal(Place, (await Ensure()).Path);
        Assert.Equal(0, _builds);
    }

    [Fact]
    public async Task A_missing_file_is_built_and_nothing_else_stays()
    {
        Assert.Equal(Place, (await Ensure()).Path);
        Assert.Equal(Bytes, await File.ReadAllBytesAsync(Place, TestContext.Current.CancellationToken));
        Assert.Equal([Place], Directory.GetFiles(Path.GetDirectoryName(Place)!));
    }

    [Fact]
    public async Task What_a_killed_build_left_is_cleared_away()
    {
        _folder.Save($"sha256/{Sha256[..2]}/{Sha256}.onnx.building.tmp.77.building", "half");
        await Ensure();
        Assert.Equal([Place], Directory.GetFiles(Path.GetDirectoryName(Place)!));
    }

    [Fact]
    public async Task A_flipped_byte_is_found_and_the_file_built_again()
    {
        ModelCache cache = Cache();
        await Ensure(cache);
        await File.WriteAllBytesAsync(Place, [9, 9, 9, 9], TestContext.Current.CancellationToken);
        Assert.True((await Ensure(cache)).IsThere);
        Assert.Equal(2, _builds);
        Assert.Equal(Bytes, await File.ReadAllBytesAsync(Place, TestContext.Current.CancellationToken));
        Assert.True(File.Exists(Place + ".corrupt"));
    }

    [Fact]
    public async Task Two_at_once_build_once()
    {
        ModelCache one = Cache(), other = Cache();
        ModelOutcome[] outcomes = await Task.WhenAll(Ensure(one), Ensure(other));
        Assert.All(outcomes, outcome => Assert.True(outcome.IsThere));
        Assert.Equal(1, _builds);
    }

    [Fact]
    public async Task Nothing_is_built_while_anybody_on_the_machine_builds_and_the_wait_can_be_cancelled()
    {
        _folder.Save("locks/build.lock", "");
        using FileLock? other = FileLock.TryTake(_folder.At("locks", "build.lock"));
        using var stop = new CancellationTokenSource();
        Task<ModelOutcome> waiting = Cache().EnsureAsync(new ModelRecipe("Small", Sha256, "model: Small", "w"), Build, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, _builds);
    }

    [Fact]
    public async Task A_build_that_was_cancelled_leaves_nothing_and_says_so()
    {
        ModelOutcome outcome = await Cache().EnsureAsync(
            new ModelRecipe("Small", Sha256, "model: Small", "w"), path => Say(path, new ErrorMessage { Code = "cancelled", Message = "cancelled" }, WorkerStop.Cancelled), TestContext.Current.CancellationToken);
        Assert.Equal("cancelled", outcome.Code);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Place)!));
    }

    [Fact]
    public async Task A_build_that_wrote_no_file_is_refused_whatever_the_worker_says()
    {
        ModelOutcome outcome = await Cache().EnsureAsync(
            new ModelRecipe("Small", Sha256, "model: Small", "w"),
            async path =>
            {
                LaunchOutcome? said = await Build(path);
                File.Delete(path);
                return said;
            },
            TestContext.Current.CancellationToken);
        Assert.Equal("model-unavailable", outcome.Code);
        Assert.Contains("wrote no file", outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_imported_file_that_is_missing_cannot_be_built()
    {
        ModelOutcome outcome = await Cache().EnsureAsync(new ModelRecipe("mine", Sha256, "", ""), _ => throw new InvalidOperationException("built"), CancellationToken.None);
        Assert.Equal("model-unavailable", outcome.Code);
    }

    [Fact]
    public async Task Other_bytes_are_refused_with_both_digests()
    {
        ModelOutcome outcome = await Cache().EnsureAsync(new ModelRecipe("Small", new string('a', 64), "model: Small", "w"), Build, CancellationToken.None);
        Assert.Equal("model-unavailable", outcome.Code);
        Assert.Contains(Sha256, outcome.Text, StringComparison.Ordinal);
        Assert.Contains(new string('a', 64), outcome.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.At("sha256", "aa")));
    }

    [Fact]
    public async Task A_conversion_is_done_once_for_a_source_and_the_nodes_to_keep()
    {
        Assert.Equal(Place, (await Convert()).Path);
        ModelOutcome again = await Convert();
        Assert.Equal((Place, Sha256, 7), (again.Path, again.Sha256, again.Conversion!.HalfNodes));
        Assert.Equal(1, _builds);
        await Convert(keep: "fc");
        Assert.Equal(2, _builds);
        Assert.Equal(2, Directory.GetFiles(_folder.At("fp16"), "*.json").Length);
    }

    [Fact]
    public async Task What_a_killed_conversion_left_is_cleared_away_and_an_unreadable_record_counts_as_none()
    {
        _folder.Save("sha256/fp16.building.tmp.77.building", "half");
        _folder.Save($"fp16/{new string('b', 64)}-v1.json", "{ torn");
        Assert.True((await Convert()).IsThere);
        Assert.Empty(Directory.GetFiles(_folder.At("sha256")));
    }

    [Fact]
    public async Task A_lost_file_is_made_again_with_the_digest_it_had()
    {
        await Convert();
        File.Delete(Place);
        Assert.True((await Convert()).IsThere);
        Assert.Equal([null, Sha256], _digests);
    }

    [Theory]
    [InlineData(false, "the worker said aaaa")]
    [InlineData(true, "no runtime here converts models")]
    public async Task A_conversion_that_cannot_be_trusted_or_done_says_so(bool isNobody, string text)
    {
        ModelOutcome outcome = await Cache().EnsureConvertedAsync(
            new ConversionRecipe("Small", new string('b', 64), []),
            (path, _) => isNobody ? Task.FromResult<LaunchOutcome?>(null) : SayConverted(path, new string('a', 64)),
            TestContext.Current.CancellationToken);
        Assert.Equal("model-unavailable", outcome.Code);
        Assert.Contains(text, outcome.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.At("sha256")));
    }

    private Task<ModelOutcome> Convert(string? keep = null) => Cache().EnsureConvertedAsync(
        new ConversionRecipe("Small", new string('b', 64), keep is null ? [] : [keep]),
        (path, sha256) =>
        {
            _digests.Add(sha256);
            return SayConverted(path, Sha256);
        },
        TestContext.Current.CancellationToken);

    private Task<LaunchOutcome?> SayConverted(string path, string sha256) => Say(
        path,
        new BuiltMessage { Sha256 = sha256, SizeBytes = Bytes.Length, Conversion = new ConversionReport { Converter = 1, HalfNodes = 7 } },
        request: new ConvertRequest { Model = new ModelFile { Path = "m", Format = "onnx" }, Converter = 1, Path = path });

    private ModelCache Cache() => new(Options.Create(new AgentOptions { ModelsFolder = _folder.Path }), TimeProvider.System, NullLogger<ModelCache>.Instance);

    private Task<ModelOutcome> Ensure(ModelCache? cache = null) =>
        (cache ?? Cache()).EnsureAsync(new ModelRecipe("Small", Sha256, "model: Small", "w"), Build, TestContext.Current.CancellationToken);

    private Task<LaunchOutcome?> Build(string path) => Say(path, new BuiltMessage { Sha256 = Sha256, SizeBytes = Bytes.Length });

    /// <summary>A worker that writes the file, gives an answer and leaves.</summary>
    private async Task<LaunchOutcome?> Say(string path, WorkerMessage answer, WorkerStop stop = WorkerStop.None, WorkerRequest? request = null)
    {
        Interlocked.Increment(ref _builds);
        await File.WriteAllBytesAsync(path, Bytes, TestContext.Current.CancellationToken);
        var conversation = new WorkerConversation(request ?? new BuildRequest { Name = "Small", Definition = "", Weights = "", Path = path });
        conversation.Feed(WorkerProtocol.Write(new HelloMessage { Protocol = 1 }));
        conversation.Feed(WorkerProtocol.Write(answer));
        return conversation.End(new WorkerExit(0, stop));
    }
}
