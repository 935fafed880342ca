using System.Collections.Concurrent;
using System.Security.Cryptography;
using Fleetmark.Agent.Files;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Launches;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Models;

/// <summary>
/// Model files by digest, <c>sha256/AB/ABCD….onnx</c>, shared by all agents and tools of the machine. A name promises its bytes: files are written under a temporary
/// name, checked, flushed, renamed. What has other bytes after all is moved to <c>….corrupt</c> and built once more.
/// </summary>
internal sealed partial class ModelCache(IOptions<AgentOptions> options, TimeProvider clock, ILogger<ModelCache> log)
{
    private readonly ConcurrentDictionary<string, (long Size, DateTime Written)> _verified = new(StringComparer.Ordinal);
    private readonly RecordFolder<ConversionRecord> _conversions = new(Path.Combine(options.Value.ModelsFolder, "fp16"), ModelRecordJson.Default.ConversionRecord);

    /// <summary>Gives the file, building it where it is missing and can be built.</summary>
    /// <param name="recipe">What is needed.</param>
    /// <param name="build">Has a worker write the file to a path; null when no runtime here builds models.</param>
    /// <param name="cancel">Ends the wait for another process that builds.</param>
    internal async Task<ModelOutcome> EnsureAsync(ModelRecipe recipe, Func<string, Task<LaunchOutcome?>> build, CancellationToken cancel)
    {
        string path = PathOf(recipe.Sha256);
        if (await IsGoodAsync(path, recipe.Sha256, cancel)) return ModelOutcome.There(path, recipe.Sha256);
        if (recipe.Definition.Length == 0)
            return ModelOutcome.Missing(FailureCode.ModelUnavailable, $"{recipe.Name}: the imported file {recipe.Sha256} is not in this machine's model cache");
        string folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        using FileLock building = await LockAsync(cancel);
        if (await IsGoodAsync(path, recipe.Sha256, cancel)) return ModelOutcome.There(path, recipe.Sha256);
        foreach (string torn in Directory.EnumerateFiles(folder, "*.onnx.building*")) File.Delete(torn);
        return await BuildAsync(recipe, path, build, cancel);
    }

    /// <summary>Gives the FP16 file of a model, converting it where that was not done yet. The same source gives the same file, so several recipes may share one.</summary>
    /// <param name="recipe">What is needed.</param>
    /// <param name="convert">Has a worker write the file to a path, with the digest it must have where that is known; null when no runtime here converts models.</param>
    /// <param name="cancel">Ends the wait for another process that builds.</param>
    internal async Task<ModelOutcome> EnsureConvertedAsync(ConversionRecipe recipe, Func<string, string?, Task<LaunchOutcome?>> convert, CancellationToken cancel)
    {
        if (await FindConvertedAsync(recipe, cancel) is { } there) return there;
        using FileLock building = await LockAsync(cancel);
        if (await FindConvertedAsync(recipe, cancel) is { } meanwhile) return meanwhile;
        string folder = Directory.CreateDirectory(Path.Combine(options.Value.ModelsFolder, "sha256")).FullName;
        foreach (string torn in Directory.EnumerateFiles(folder, "fp16.building*")) File.Delete(torn);
        string temporary = Path.Combine(folder, $"fp16.building{DurableFile.TemporaryEnding}");
        string? known = _conversions.Find(recipe.Key)?.Sha256;
        if (await convert(temporary, known) is not { } outcome)
            return ModelOutcome.Missing(FailureCode.ModelUnavailable, $"the FP16 file of {recipe.Name} is not in this machine's model cache, and no runtime here converts models");
        if (outcome.Failure is { } failure)
        {
            File.Delete(temporary);
            return ModelOutcome.Missing(CodeOf(failure), $"{recipe.Name} cannot be converted to FP16: {failure.Text}");
        }

        if (!File.Exists(temporary)) return ModelOutcome.Missing(FailureCode.ModelUnavailable, $"{recipe.Name} cannot be converted to FP16: the worker wrote no file");
        var built = (BuiltMessage)outcome.Answer!;
        string found = await HashAsync(temporary, cancel);
        if (found != built.Sha256)
        {
            File.Delete(temporary);
            return ModelOutcome.Missing(FailureCode.ModelUnavailable, $"the FP16 file of {recipe.Name} has SHA-256 {found}, the worker said {built.Sha256}");
        }

        string path = PathOf(found);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        DurableFile.FlushAndPublish(temporary, path);
        Remember(path);
        _conversions.Write(recipe.Key, new ConversionRecord(recipe.Name, found, built.Conversion!));
        LogConverted(recipe.Name, recipe.SourceSha256, found);
        return ModelOutcome.There(path, found, built.Conversion);
    }

    private async Task<ModelOutcome?> FindConvertedAsync(ConversionRecipe recipe, CancellationToken cancel) =>
        _conversions.Find(recipe.Key) is { } known && IsDigest(known.Sha256) && await IsGoodAsync(PathOf(known.Sha256), known.Sha256, cancel)
            ? ModelOutcome.There(PathOf(known.Sha256), known.Sha256, known.Conversion)
            : null;

    /// <summary>One build at a time on the machine, whoever builds: the largest models take a few GiB of memory to write. The command line's cache takes the same lock.</summary>
    private Task<FileLock> LockAsync(CancellationToken cancel)
    {
        string locks = Directory.CreateDirectory(Path.Combine(options.Value.ModelsFolder, "locks")).FullName;
        return FileLock.TakeAsync(Path.Combine(locks, "build.lock"), clock, cancel);
    }

    private static bool IsDigest(string text) => text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigit);

    private static string CodeOf(LaunchFailure failure) =>
        failure.Code is FailureCode.ModelInvalid or FailureCode.Cancelled ? failure.Code : FailureCode.ModelUnavailable;

    private async Task<ModelOutcome> BuildAsync(ModelRecipe recipe, string path, Func<string, Task<LaunchOutcome?>> build, CancellationToken cancel)
    {
        string temporary = $"{path}.building{DurableFile.TemporaryEnding}";
        if (await build(temporary) is not { } outcome)
            return ModelOutcome.Missing(FailureCode.ModelUnavailable, $"{recipe.Name} is not in this machine's model cache, and no runtime here builds models");
        if (outcome.Failure is { } failure)
        {
            File.Delete(temporary);
            return ModelOutcome.Missing(CodeOf(failure), $"{recipe.Name} cannot be built: {failure.Text}");
        }

        if (!File.Exists(temporary)) return ModelOutcome.Missing(FailureCode.ModelUnavailable, $"{recipe.Name} cannot be built: the worker wrote no file");
        string found = await HashAsync(temporary, cancel);
        if (found != recipe.Sha256)
        {
            File.Delete(temporary);
            return ModelOutcome.Missing(FailureCode.ModelUnavailable, $"{recipe.Name} is not reproducible here: built {found}, wanted {recipe.Sha256}");
        }

        DurableFile.FlushAndPublish(temporary, path);
        Remember(path);
        LogBuilt(recipe.Name, recipe.Sha256);
        return ModelOutcome.There(path, recipe.Sha256);
    }

    /// <summary>Checks the bytes at first use and whenever size or time of the file changed.</summary>
    private async Task<bool> IsGoodAsync(string path, string sha256, CancellationToken cancel)
    {
        var file = new FileInfo(path);
        if (!file.Exists) return false;
        if (_verified.TryGetValue(path, out var known) && known == (file.Length, file.LastWriteTimeUtc)) return true;
        string found = await HashAsync(path, cancel);
        if (found == sha256)
        {
            Remember(path);
            return true;
        }

        LogCorrupt(path, found);
        File.Move(path, path + ".corrupt", overwrite: true);
        return false;
    }

    private void Remember(string path)
    {
        var file = new FileInfo(path);
        _verified[path] = (file.Length, file.LastWriteTimeUtc);
    }

    private string PathOf(string sha256) => Path.Combine(options.Value.ModelsFolder, "sha256", sha256[..2], sha256 + ".onnx");

    private static async Task<string> HashAsync(string path, CancellationToken cancel)
    {
        await using FileStream file = new(path, new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 1 << 20 });
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
    }

    [LoggerMessage(5400, LogLevel.Information, "Model {Model} was built as {Sha256}")]
    private partial void LogBuilt(string model, string sha256);

    [LoggerMessage(5402, LogLevel.Information, "Model {Model} of {Source} was converted to FP16 as {Sha256}")]
    private partial void LogConverted(string model, string source, string sha256);

    [LoggerMessage(5401, LogLevel.Warning, "Model file {Path} has SHA-256 {Found} and was moved aside")]
    private partial void LogCorrupt(string path, string found);
}
