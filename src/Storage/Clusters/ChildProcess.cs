using System.Diagnostics;

namespace Fleetmark.Storage.Clusters;

/// <summary>Runs a short program to its end as a given user, with a small environment of its own.</summary>
internal static class ChildProcess
{
    /// <summary>Runs a program and reads what it says. Never for a program that leaves a child behind: the child would keep the pipes open.</summary>
    /// <param name="program">Path or name of the program.</param>
    /// <param name="arguments">Its arguments, each passed as it is.</param>
    /// <param name="user">User to run it as; null for our own.</param>
    /// <param name="cancel">Kills the program.</param>
    /// <param name="secrets">Variables that must not show in the list of processes; null for none.</param>
    internal static async Task<ChildOutput> RunAsync(
        string program, IReadOnlyList<string> arguments, string? user, CancellationToken cancel, IReadOnlyDictionary<string, string>? secrets = null)
    {
        ProcessStartInfo start = Prepare(program, arguments, user);
        foreach ((string name, string value) in secrets ?? new Dictionary<string, string>(StringComparer.Ordinal)) start.Environment[name] = value;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancel);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancel);
        try
        {
            return new ChildOutput(await output, await errors, await ExitAsync(process, cancel));
        }
        finally
        {
            Kill(process);
        }
    }

    /// <summary>
    /// Runs a program that leaves a server behind: its three standard streams are files, because a server that inherits one of our pipes would keep it
    /// open for ever. It runs to its end in a session of its own, where Ctrl-C at the terminal does not reach it: whoever started half a server would not know of it.
    /// Returns the exit code.
    /// </summary>
    internal static async Task<int> RunDetachedAsync(string program, IReadOnlyList<string> arguments, string logFile, string? user)
    {
        ProcessStartInfo start = OperatingSystem.IsWindows()
            ? Prepare(program, arguments, user)
            : Prepare("/bin/sh", ["-c", "log=$1; shift; exec $(command -v setsid) \"$@\" </dev/null >\"$log\" 2>&1", "sh", logFile, program, .. arguments], user);
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        process.StandardInput.Close();
        return await ExitAsync(process, CancellationToken.None);
    }

    private static async Task<int> ExitAsync(Process process, CancellationToken cancel)
    {
        await process.WaitForExitAsync(cancel);
        return process.ExitCode;
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
    }

    private static ProcessStartInfo Prepare(string program, IReadOnlyList<string> arguments, string? user)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, CreateNoWindow = true };
        if (user is not null) start.UserName = user;
        if (OperatingSystem.IsWindows()) return start;

        // PGDATA, PGPORT and the like of the caller are about other clusters; our home may be closed to the other user.
        string? path = Environment.GetEnvironmentVariable("PATH");
        start.Environment.Clear();
        start.Environment["PATH"] = path ?? "/usr/bin:/bin";
        start.Environment["LC_ALL"] = "C";
        start.Environment["HOME"] = "/";
        start.WorkingDirectory = "/";
        return start;
    }
}
