using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Fleetmark.Agent.Workers;
using Fleetmark.Contracts.Plans;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Fleet;

/// <summary>The runtimes of this machine: those installed beside the agent and those its configuration names. No plan can add one.</summary>
internal sealed class RuntimeCatalog
{
    private const string WorkerName = "Fleetmark.Worker";
    private readonly ConcurrentDictionary<string, (long Size, DateTime Written, string Sha256)> _hashes = new(StringComparer.Ordinal);

    /// <summary>Reads configuration and the folder <c>workers</c> beside the program.</summary>
    public RuntimeCatalog(IOptions<AgentOptions> options) : this(options.Value, Path.Combine(AppContext.BaseDirectory, "workers"))
    {
    }

    internal RuntimeCatalog(AgentOptions options, string installed)
    {
        var configured = options.Runtimes.Select(Configured).ToList();
        IEnumerable<Runtime> builtIn = options.BuiltInRuntimes ? BuiltIn(installed) : [];
        All = [.. configured, .. builtIn.Where(own => configured.TrueForAll(other => other.Name != own.Name))];
    }

    /// <summary>All of them, configured ones first.</summary>
    internal IReadOnlyList<Runtime> All { get; }

    /// <summary>The one that writes model files, or null.</summary>
    internal Runtime? Builder => All.FirstOrDefault(runtime => runtime.BuildsModels);

    /// <summary>The runtime of that name, or null.</summary>
    internal Runtime? Find(string name) => All.FirstOrDefault(runtime => runtime.Name == name);

    /// <summary>Why the runtime's executable must not be started now; null when it may. Asked before each start: files change.</summary>
    internal string? Refusal(Runtime runtime)
    {
        if (ProgramGuard.Refusal(runtime.Command) is { } refusal) return refusal;
        var file = new FileInfo(runtime.Command.Executable);
        FileInfo real = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        if (runtime.Sha256 is { } wanted && Hash(real) is var found && !found.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            return $"{real.FullName} has SHA-256 {found}, configured is {wanted}";
        return null;
    }

    /// <summary>What tells one build of a worker from the next: SHA-256 over its program files where it has a folder of its own, else of its executable alone.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    internal string Digest(Runtime runtime)
    {
        if (runtime.Folder is not { } folder) return Hash(new FileInfo(runtime.Command.Executable));
        IEnumerable<string> files = new DirectoryInfo(folder).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{file.Name} {Hash(file)}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', files))));
    }

    private string Hash(FileInfo file)
    {
        if (_hashes.TryGetValue(file.FullName, out var known) && known.Size == file.Length && known.Written == file.LastWriteTimeUtc) return known.Sha256;
        using FileStream stream = file.OpenRead();
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(stream));
        _hashes[file.FullName] = (file.Length, file.LastWriteTimeUtc, sha256);
        return sha256;
    }

    private static Runtime Configured(RuntimeOptions options) => new()
    {
        Name = options.Name,
        Command = new WorkerCommand(options.Executable, [.. options.Arguments], new Dictionary<string, string>(options.Environment, StringComparer.Ordinal)),
        Devices = options.Devices.Count == 0 ? [Device.CpuVendor] : [.. options.Devices],
        Sha256 = options.Sha256,
        BuildsModels = options.BuildsModels,
    };

    private static IEnumerable<Runtime> BuiltIn(string installed)
    {
        if (!Directory.Exists(installed)) yield break;
        foreach (string folder in Directory.EnumerateDirectories(installed).Order(StringComparer.Ordinal))
        {
            string executable = Path.Combine(folder, WorkerName);
            if (!File.Exists(executable)) continue;
            yield return new Runtime
            {
                Name = Path.GetFileName(folder),
                Command = new WorkerCommand(executable, [], OwnEnvironment()),
                Devices = Path.GetFileName(folder) == RuntimeFlavours.Cpu ? [Device.CpuVendor] : [Device.CpuVendor, Device.NvidiaVendor],
                BuildsModels = true,
                Folder = folder,
            };
        }
    }

    /// <summary>Our worker runs on the agent's own .NET, wherever that is installed, and without the threads and sockets of .NET's diagnostics.</summary>
    private static Dictionary<string, string> OwnEnvironment()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_EnableDiagnostics"] = "0" };
        string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        if (Directory.Exists(Path.Combine(root, "host", "fxr"))) variables["DOTNET_ROOT"] = root;
        return variables;
    }
}
