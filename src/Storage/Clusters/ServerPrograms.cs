using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Fleetmark.Documents;

namespace Fleetmark.Storage.Clusters;

/// <summary>Makes, starts and stops one private cluster. The caller holds the lock.</summary>
internal sealed class ServerPrograms(PostgresBinaries binaries, ClusterUser user, ClusterPlace place, bool durable)
{
    private const UnixFileMode Closed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);
    private readonly string _data = place.Data(binaries.Major);

    /// <summary>Makes a cluster beside its place and moves it there when it is complete: a killed attempt leaves nothing that looks finished.</summary>
    /// <exception cref="ProblemException"><c>initdb</c> failed; the line repeats its reason.</exception>
    internal async Task InitializeAsync(ClusterFile file, CancellationToken cancel)
    {
        string draft = place.Draft(binaries.Major);
        if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        await MakeFolderAsync(draft, cancel);
        await user.CheckReachesAsync(binaries.Program("initdb"), cancel);
        await user.CheckReachesAsync(draft, cancel);
        ChildOutput made = await InitializeAsync(file, draft, LocaleArguments(binaries.Major), cancel);
        if (made.ExitCode != 0 && made.Errors.Contains("locale", StringComparison.OrdinalIgnoreCase))
            made = await InitializeAsync(file, draft, ["--locale=C"], cancel);
        if (made.ExitCode != 0) throw new ProblemException(new Problem("cluster-create", draft, $"the private cluster could not be made: {made.LastLine}"));
        file.Write(place.File);
        Directory.Move(draft, _data);
    }

    /// <summary>Starts the server and waits until it answers. A pid file left by a dead server is no obstacle.</summary>
    /// <exception cref="ProblemException">It does not start; the line repeats the last of its log.</exception>
    internal async Task StartAsync(string socketFolder, CancellationToken cancel)
    {
        if (!Directory.Exists(socketFolder)) await MakeFolderAsync(socketFolder, cancel);
        await user.CheckReachesAsync(binaries.Program("pg_ctl"), cancel);
        await user.CheckReachesAsync(_data, cancel);
        RemoveStalePid();
        string[] settings =
        [
            "listen_addresses=", $"unix_socket_directories=\"{socketFolder}\"", "unix_socket_permissions=0700", "port=5432", "shared_buffers=128MB",
            "max_connections=150", "timezone=UTC", "log_timezone=UTC", .. durable ? Array.Empty<string>() : ["fsync=off", "full_page_writes=off"],
        ];
        string log = place.ControlLog(binaries.Major);
        int exit = await ChildProcess.RunDetachedAsync(
            binaries.Program("pg_ctl"),
            ["-w", "-t", "60", "-D", _data, "-l", place.ServerLog(binaries.Major), "-o", string.Join(' ', settings.Select(s => "-c " + Quote(s))), "start"],
            log,
            user.Name);
        if (exit != 0) throw new ProblemException(new Problem("cluster-start", place.ServerLog(binaries.Major), $"the private cluster does not start: {LastLogLine(log)}"));
    }

    /// <summary>Stops the server: open transactions are rolled back, the data is consistent on disk.</summary>
    /// <exception cref="ProblemException">It does not stop within a minute.</exception>
    internal async Task StopAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (RunningProcess(_data) is null) return;
        string log = place.ControlLog(binaries.Major);
        string patience = ((int)StopPatience.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        int exit = await ChildProcess.RunDetachedAsync(binaries.Program("pg_ctl"), ["-w", "-t", patience, "-m", "fast", "-D", _data, "stop"], log, user.Name);
        if (exit != 0 && RunningProcess(_data) is not null)
            throw new ProblemException(new Problem("cluster-stop", _data, $"the private cluster does not stop: {LastLogLine(log)}"));
    }

    /// <summary>Makes a folder that only the server's user can enter.</summary>
    internal async Task MakeFolderAsync(string folder, CancellationToken cancel)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, Closed);
        await user.TakeOverAsync(folder, cancel);
    }

    /// <summary>Process id of the server of a data folder; null when none runs, also when the pid in its file belongs to another program by now.</summary>
    internal static int? RunningProcess(string dataFolder)
    {
        try
        {
            string? first = File.ReadLines(Path.Combine(dataFolder, "postmaster.pid")).FirstOrDefault();
            if (!int.TryParse(first, CultureInfo.InvariantCulture, out int pid)) return null;
            using Process process = Process.GetProcessById(pid);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal) && !process.HasExited ? pid : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    private static string[] LocaleArguments(int major) => major >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"] : ["--locale=C.UTF-8"];

    private async Task<ChildOutput> InitializeAsync(ClusterFile file, string draft, IReadOnlyList<string> locale, CancellationToken cancel)
    {
        await MakeFolderAsync(place.Secrets, cancel);
        try
        {
            string secret = Path.Combine(place.Secrets, "password");
            await File.WriteAllTextAsync(secret, file.Password, cancel);
            await user.TakeOverAsync(place.Secrets, cancel);
            return await ChildProcess.RunAsync(
                binaries.Program("initdb"),
                ["-D", draft, $"--username={file.User}", $"--pwfile={secret}", "--auth-local=scram-sha-256", "--auth-host=reject", "--encoding=UTF8", "--data-checksums",
                    .. locale, .. durable ? Array.Empty<string>() : ["--no-sync"]],
                user.Name,
                cancel);
        }
        finally
        {
            Directory.Delete(place.Secrets, recursive: true);
        }
    }

    /// <summary>PostgreSQL refuses to start over a pid file whose number some other program has got meanwhile; we hold the lock and looked.</summary>
    private void RemoveStalePid()
    {
        if (RunningProcess(_data) is null) File.Delete(Path.Combine(_data, "postmaster.pid"));
    }

    private string LastLogLine(string controlLog)
    {
        string[] logs = [place.ServerLog(binaries.Major), controlLog];
        return logs.Where(File.Exists).Select(l => ChildOutput.LastLineOf(File.ReadAllText(l))).FirstOrDefault(l => l is not null) ?? "it left no log";
    }

    /// <summary>Quotes for the shell that the control program hands the options to.</summary>
    private static string Quote(string text) =>
        OperatingSystem.IsWindows() ? $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
