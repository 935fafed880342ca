using System.Globalization;
using Fleetmark.Agent.Processes;
using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Workers;

/// <summary>
/// The folder of one worker process: <c>files</c> is its current directory and home; <c>process</c> beside it says which process it was, so that the next agent can
/// end what this one left. Disposing removes all of it.
/// </summary>
internal sealed partial class WorkFolder : IDisposable
{
    private const string ProcessFile = "process";
    private readonly string _path;
    private readonly ILogger _log;

    private WorkFolder(string path, ILogger log)
    {
        _path = path;
        _log = log;
    }

    /// <summary>The worker's current directory; empty at first.</summary>
    internal string Files => Path.Combine(_path, "files");

    /// <summary>Makes the folder <paramref name="name"/> anew below <paramref name="parent"/>.</summary>
    internal static WorkFolder Create(string parent, string name, ILogger log)
    {
        var folder = new WorkFolder(Path.Combine(parent, name), log);
        folder.Dispose();
        Directory.CreateDirectory(folder.Files);
        return folder;
    }

    /// <summary>Remembers the worker's process.</summary>
    internal void Record(int processId)
    {
        if (ProcessStatus.Of(processId) is not { } status) return;
        File.WriteAllText(Path.Combine(_path, ProcessFile), string.Create(CultureInfo.InvariantCulture, $"{processId} {status.StartTicks} {BootId()}"));
    }

    /// <summary>Reads a file the worker wrote: a plain name in its own folder, no link, not larger than the protocol allows.</summary>
    /// <exception cref="IOException">There is no such file, or it is not an ordinary one.</exception>
    internal byte[] ReadFile(string name)
    {
        var file = new FileInfo(Path.Combine(Files, name));
        if (file.LinkTarget is not null) throw new IOException("it is a link");
        if (!file.Exists || file.Length == 0) throw new IOException("there is no such file, or it is empty");
        if (file.Length > Measurement.Launches.WorkerProtocol.OutputLimit) throw new IOException($"it has {file.Length} bytes");
        return File.ReadAllBytes(file.FullName);
    }

    public void Dispose() => Remove(_path, _log);

    /// <summary>Removes a folder of a worker, also one it made read-only; what cannot be removed is told and stays.</summary>
    internal static void Remove(string path, ILogger log)
    {
        try
        {
            if (!Directory.Exists(path)) return;
            Unlock(new DirectoryInfo(path));
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(log, path, e.Message);
        }
    }

    private static void Unlock(DirectoryInfo folder)
    {
        if (folder.LinkTarget is not null) return;
        if (!OperatingSystem.IsWindows()) folder.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (DirectoryInfo inner in folder.EnumerateDirectories()) Unlock(inner);
    }

    /// <summary>The process a folder of an earlier agent names, if that very process is still there.</summary>
    internal static int? LivingProcess(string folder)
    {
        string file = Path.Combine(folder, ProcessFile);
        if (!File.Exists(file)) return null;
        string[] words = File.ReadAllText(file).Split(' ');
        return words.Length == 3
            && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int processId)
            && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long start)
            && words[2] == BootId()
            && ProcessStatus.Of(processId) is { IsGone: false } status && status.StartTicks == start
            ? processId
            : null;
    }

    private static string BootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    [LoggerMessage(5200, LogLevel.Warning, "Work folder {Folder} cannot be removed: {Reason}")]
    private static partial void LogNotRemoved(ILogger log, string folder, string reason);
}
