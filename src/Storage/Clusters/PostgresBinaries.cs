using System.Globalization;
using System.Text.RegularExpressions;
using Fleetmark.Documents;
using Fleetmark.Storage.Databases;

namespace Fleetmark.Storage.Clusters;

/// <summary>A folder with the server programs of PostgreSQL.</summary>
/// <param name="Folder">Absolute folder that holds <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>.</param>
/// <param name="Major">Major version.</param>
public sealed partial record PostgresBinaries(string Folder, int Major)
{
    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    /// <summary>Path of a program.</summary>
    internal string Program(string name) => Path.Combine(Folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>
    /// Every usable folder, in the order of preference: the configured one, what <c>pg_config</c> names, the search path, then the folders distributions
    /// use. Versions before 15 are left out.
    /// </summary>
    public static async Task<IReadOnlyList<PostgresBinaries>> FindAsync(string? configured, CancellationToken cancel)
    {
        var found = new List<PostgresBinaries>();
        foreach (string folder in configured is null ? await CandidatesAsync(cancel) : [configured])
        {
            if (!Array.TrueForAll(Needed, n => File.Exists(new PostgresBinaries(folder, 0).Program(n)))) continue;
            string real = Path.GetFullPath(folder);
            if (found.Exists(f => f.Folder == real)) continue;
            if (await MajorOfAsync(real, cancel) is { } major && major >= DatabaseConnection.OldestMajor) found.Add(new PostgresBinaries(real, major));
        }

        return found;
    }

    /// <summary>The programs for data of a major version, or the highest version for new data.</summary>
    /// <param name="configured">Folder a person named; null to search.</param>
    /// <param name="major">Version that made the data; null when there is none yet.</param>
    /// <param name="cancel">Stops the search.</param>
    /// <exception cref="ProblemException">Nothing fits; the line names the command that helps.</exception>
    internal static async Task<PostgresBinaries> ChooseAsync(string? configured, int? major, CancellationToken cancel)
    {
        IReadOnlyList<PostgresBinaries> found = await FindAsync(configured, cancel);
        if (found.Count == 0)
            throw new ProblemException(configured is null
                ? new Problem("postgres-missing", "", "PostgreSQL 15 or newer is not installed", $"install it ({InstallCommand()}), or name a database with --database")
                : new Problem("postgres-missing", $"FLEETMARK_PG_BIN ({configured})", "no initdb, pg_ctl and postgres of PostgreSQL 15 or newer in this folder"));
        if (major is null) return found.MaxBy(f => f.Major)!;
        return found.FirstOrDefault(f => f.Major == major) ?? throw new ProblemException(new Problem("postgres-version", "",
            $"the private cluster was made by PostgreSQL {major}, and this machine has {string.Join(", ", found.Select(f => f.Major).Distinct().Order())}",
            $"install PostgreSQL {major}, or name a database with --database"));
    }

    private static async Task<IReadOnlyList<string>> CandidatesAsync(CancellationToken cancel)
    {
        var folders = new List<string>();
        string[] search = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (search.Select(p => new PostgresBinaries(p, 0).Program("pg_config")).FirstOrDefault(File.Exists) is { } config)
        {
            ChildOutput answer = await ChildProcess.RunAsync(config, ["--bindir"], user: null, cancel);
            if (answer.ExitCode == 0) folders.Add(answer.Output.Trim());
        }

        folders.AddRange(search);
        (string Parent, string Inside)[] places =
        [
            ("/usr/lib/postgresql", "bin"), ("/usr", "bin"), ("/opt/homebrew/opt", "bin"), ("/usr/local/opt", "bin"),
            (Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "bin"),
        ];
        foreach ((string parent, string inside) in places)
        {
            if (!Directory.Exists(parent)) continue;
            string pattern = parent == "/usr" ? "pgsql-*" : parent.EndsWith("/opt", StringComparison.Ordinal) ? "postgresql*" : "*";
            folders.AddRange(Directory.GetDirectories(parent, pattern).OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, inside)));
        }

        return folders;
    }

    private static async Task<int?> MajorOfAsync(string folder, CancellationToken cancel)
    {
        try
        {
            ChildOutput answer = await ChildProcess.RunAsync(new PostgresBinaries(folder, 0).Program("postgres"), ["--version"], user: null, cancel);
            Match version = VersionLine().Match(answer.Output);
            return version.Success ? int.Parse(version.Groups["major"].Value, CultureInfo.InvariantCulture) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;   // a file of that name that is no program of this machine
        }
    }

    private static string InstallCommand() =>
        OperatingSystem.IsMacOS() ? "brew install postgresql" : File.Exists("/usr/bin/dnf") ? "dnf install postgresql-server" : "apt-get install postgresql";

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionLine();
}
