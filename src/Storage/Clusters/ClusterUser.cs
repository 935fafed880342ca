using Fleetmark.Documents;

namespace Fleetmark.Storage.Clusters;

/// <summary>Who runs the server: ourselves, or, when we are root, an existing user without rights, because PostgreSQL refuses to run as root.</summary>
/// <param name="Name">The user; null for ourselves.</param>
internal sealed record ClusterUser(string? Name)
{
    private static readonly string[] Usual = ["postgres", "fleetmark", "nobody"];

    /// <summary>Chooses: owner of the data, the configured user, then the usual ones. Users are never created.</summary>
    /// <exception cref="ProblemException">We are root and none of them exists.</exception>
    internal static async Task<ClusterUser> ChooseAsync(string dataFolder, string? configured, CancellationToken cancel)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess) return new ClusterUser((string?)null);
        if (Directory.Exists(dataFolder))
        {
            ChildOutput owner = await ChildProcess.RunAsync("stat", ["-c", "%U", dataFolder], user: null, cancel);
            if (owner.ExitCode == 0 && owner.Output.Trim() is { Length: > 0 } name and not "root" && await ExistsAsync(name, cancel)) return new ClusterUser(name);
        }

        if (configured is not null)
        {
            if (configured != "root" && await ExistsAsync(configured, cancel)) return new ClusterUser(configured);
            throw new ProblemException(new Problem("cluster-user", "FLEETMARK_PG_USER", $"'{configured}' is not a user PostgreSQL can run as", "name an existing user other than root"));
        }

        foreach (string name in Usual)
            if (await ExistsAsync(name, cancel)) return new ClusterUser(name);
        throw new ProblemException(new Problem("cluster-user", "", "PostgreSQL does not run as root, and this machine has no user to run it as", "set FLEETMARK_PG_USER to an existing user"));
    }

    /// <summary>Gives a folder and what is in it to this user, closed to everybody else.</summary>
    internal async Task TakeOverAsync(string folder, CancellationToken cancel)
    {
        if (Name is null) return;
        ChildOutput changed = await ChildProcess.RunAsync("chown", ["-R", Name, folder], user: null, cancel);
        if (changed.ExitCode != 0) throw new ProblemException(new Problem("cluster-place", folder, $"the folder cannot be given to user '{Name}': {changed.LastLine}"));
    }

    /// <summary>Checks that this user can reach a path, so that a later failure does not have to be guessed.</summary>
    /// <exception cref="ProblemException">A folder on the way is closed; the problem names it.</exception>
    internal async Task CheckReachesAsync(string path, CancellationToken cancel)
    {
        if (Name is null) return;
        var ways = new Stack<string>();
        for (string? at = path; !string.IsNullOrEmpty(at); at = Path.GetDirectoryName(at)) ways.Push(at);
        foreach (string way in ways)
        {
            ChildOutput entered = await ChildProcess.RunAsync("test", ["-x", way], Name, cancel);
            if (entered.ExitCode != 0)
                throw new ProblemException(new Problem("cluster-place", way, $"user '{Name}', who runs PostgreSQL because root may not, cannot enter this folder",
                    "open it (chmod a+x), or set FLEETMARK_HOME to another folder"));
        }
    }

    private static async Task<bool> ExistsAsync(string name, CancellationToken cancel) =>
        (await ChildProcess.RunAsync("id", ["-u", "--", name], user: null, cancel)).ExitCode == 0;
}
