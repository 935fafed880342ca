using System.Diagnostics;
using Fleetmark.Fixtures;
using Fleetmark.Storage.Clusters;
using Fleetmark.Storage.Databases;

namespace Fleetmark.EndToEnd;

/// <summary>
/// A Fleetmark home in a temporary folder and its command line as a person uses it: real processes. By default the worker is the fake one, whose timings are fixed.
/// Disposing it ends what is left of it and removes everything.
/// </summary>
internal sealed class Home : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new("home");
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private string _workingFolder = Environment.CurrentDirectory;

    internal Home(bool fakeWorker = true)
    {
        _environment["FLEETMARK_HOME"] = Folder;
        _environment["Agent__SelfCheck"] = "false"; // a few seconds each; its own tests turn it on
        _environment["Agent__LockFolder"] = Beside("locks"); // who else measures on this machine meanwhile is no matter here
        if (!fakeWorker) return;
        AddFakeRuntime(0, "ort131-cpu", "cpu", providers: null);
        _environment["Agent__Runtimes__0__BuildsModels"] = "true";
    }

    /// <summary>Absolute path of the home.</summary>
    internal string Folder => Path.Combine(_folder.Path, "home");

    internal static string DotnetRoot => Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(typeof(object).Assembly.Location))))!;

    /// <summary>A path outside the home that goes with it.</summary>
    internal string Beside(string name) => Path.Combine(_folder.Path, name);

    /// <summary>Writes a file beside the home.</summary>
    internal string Write(string name, string text)
    {
        string path = Beside(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Sets a variable of every later command.</summary>
    internal void Set(string name, string value) => _environment[name] = value;

    /// <summary>Configures a fake worker as a runtime; <paramref name="providers"/> says what comes of its providers on a GPU.</summary>
    internal void AddFakeRuntime(int number, string name, string device, string? providers)
    {
        string runtime = $"Agent__Runtimes__{number}__";
        _environment[runtime + "Name"] = name;
        _environment[runtime + "Executable"] = Path.Combine(AppContext.BaseDirectory, "fake-worker", "Fleetmark.FakeWorker");
        _environment[runtime + "Devices__0"] = device;
        _environment[runtime + "Environment__DOTNET_ROOT"] = DotnetRoot;
        if (providers is not null) _environment[runtime + "Environment__FLEETMARK_FAKE_PROVIDERS"] = providers;
    }

    /// <summary>Tells the fake worker what to do, in one of its words.</summary>
    internal void Script(string words) => Set("Agent__Runtimes__0__Environment__FLEETMARK_FAKE", words);

    /// <summary>Starts a command. A test run in the background is started with Ctrl-C ignored, and its children would inherit that: <c>env</c> undoes it.</summary>
    internal Command Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", CommandLinePath, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = _workingFolder };
        foreach (string name in start.Environment.Keys.Where(n => n.StartsWith("FLEETMARK", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(name);
        foreach ((string name, string value) in _environment) start.Environment[name] = value;
        return new Command(Process.Start(start)!);
    }

    /// <summary>Lets every later command start in a folder beside the home.</summary>
    internal void WorkIn(string name) => _workingFolder = Directory.CreateDirectory(Beside(name)).FullName;

    /// <summary>Runs a command to its end.</summary>
    internal async Task<Finished> RunAsync(params string[] arguments)
    {
        using Command command = Start(arguments);
        return await command.FinishAsync();
    }

    /// <summary>The private database, open for a look or a change.</summary>
    internal Task<DatabaseSession> DatabaseAsync() => DatabaseSession.OpenAsync(
        DatabaseChoice.Decide(null, _ => null), ClusterSettings.FromEnvironment(name => _environment.GetValueOrDefault(name)), TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>Processes that work for this home: their arguments or their folder name it.</summary>
    internal IReadOnlyList<int> Processes() => [.. Process.GetProcesses().Where(p => WorksHere(p.Id)).Select(p => p.Id)];

    /// <summary>Waits for the end of all of them; an operating system takes a moment to forget a process.</summary>
    internal Task NothingRunsAsync() =>
        Eventually.Async("everything of the home ended", () => Task.FromResult(Processes().Count), count => count == 0, TimeSpan.FromSeconds(20));

    public async ValueTask DisposeAsync()
    {
        await RunAsync("db", "stop");
        await RunAsync("db", "destroy", "--yes");
        foreach (int left in Processes()) End(left);
        await NothingRunsAsync();
        _folder.Dispose();
    }

    private static void End(int process)
    {
        try
        {
            Process.GetProcessById(process).Kill();
        }
        catch (ArgumentException)
        {
            // It ended meanwhile.
        }
    }

    private static string CommandLinePath => Path.Combine(
        Repository, "src", "Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Fleetmark.Cli.dll");

    internal static string Repository
    {
        get
        {
            DirectoryInfo at = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(at.FullName, "Orchestrator.sln"))) at = at.Parent!;
            return at.FullName;
        }
    }

    private bool WorksHere(int process)
    {
        try
        {
            string arguments = File.ReadAllText($"/proc/{process}/cmdline");
            string folder = new FileInfo($"/proc/{process}/cwd").ResolveLinkTarget(false)?.FullName ?? "";
            return arguments.Contains(Folder, StringComparison.Ordinal) || folder.StartsWith(Folder, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it ended meanwhile
        }
    }
}
