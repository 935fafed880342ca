using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Protocol;

namespace Fleetmark.Worker.Sessions;

/// <summary>
/// Where TensorRT keeps engines and timings for exactly this model on exactly this GPU with exactly these libraries and options: an engine of anything else may be refused,
/// or worse, be slower without saying so.
/// </summary>
internal sealed class EngineCache
{
    private const string EnginePattern = "*.engine";

    private readonly int _before;

    private EngineCache(string folder)
    {
        Folder = folder;
        _before = Engines();
    }

    /// <summary>The folder; made when it was not there.</summary>
    internal string Folder { get; }

    /// <summary>Opens the folder of a launch: below its cache, or, where it has none, below its work directory, so that the engine is built anew.</summary>
    /// <exception cref="WorkerException">The folder cannot be made.</exception>
    internal static EngineCache Open(LaunchRequest launch, IReadOnlyDictionary<string, string> options)
    {
        string folder = Path.Combine(launch.CacheDir ?? Path.Combine(launch.WorkDir ?? Environment.CurrentDirectory, "engines"), Key(launch, options));
        try
        {
            return new EngineCache(Directory.CreateDirectory(folder).FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorkerException(WorkerErrorCode.BadRequest, $"the cache folder cannot be used: {e.Message}", cause: e);
        }
    }

    /// <summary>What became of it: <c>built</c> when engines were added since it was opened, else <c>cached</c>.</summary>
    internal string Outcome() => Engines() > _before ? "built" : "cached";

    /// <summary>Name of the folder: SHA-256 of everything an engine depends on.</summary>
    internal static string Key(LaunchRequest launch, IReadOnlyDictionary<string, string> options)
    {
        string[] parts =
        [
            launch.Model.Sha256 ?? launch.Model.Path,
            string.Join(';', launch.Inputs.Select(input => $"{input.Name}:{string.Join('x', input.Shape)}")),
            launch.Device?.Name ?? "", launch.Device?.ComputeCapability ?? "", launch.Device?.Driver ?? "",
            WorkerIdentity.Flavour, WorkerIdentity.RuntimeVersion, TensorRtVersion(),
            .. options.OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => $"{option.Key}={option.Value}"),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts))));
    }

    /// <summary>Asked of the library itself: a machine may have another version than the one the flavour was built for. The provider loads it later, under the same name.</summary>
    private static string TensorRtVersion()
    {
        if (WorkerIdentity.TensorRtVersion is { Length: > 0 } meant) NativeLibrary.TryLoad($"libnvinfer.so.{meant.Split('.')[0]}", out _);
        return LoadedLibraries.Versions().GetValueOrDefault("tensorrt", WorkerIdentity.TensorRtVersion);
    }

    private int Engines() => Directory.EnumerateFiles(Folder, EnginePattern).Count();
}
