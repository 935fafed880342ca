using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fleetmark.Fixtures;
using Fleetmark.Storage.Clusters;
using Npgsql;

namespace Fleetmark.EndToEnd.Fleet;

/// <summary>Silos and agents as processes of their own, on the private cluster of a home as their server.</summary>
internal sealed class FleetOfProcesses : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly List<Command> _commands = [];
    private DatabaseSession _database = null!;

    private FleetOfProcesses(Home home) => Home = home;

    /// <summary>Everything of it.</summary>
    internal Home Home { get; }

    /// <summary>Starts the database, migrated.</summary>
    internal static async Task<FleetOfProcesses> StartAsync()
    {
        var fleet = new FleetOfProcesses(new Home());
        Assert.Equal(0, (await fleet.Home.RunAsync("db", "start")).ExitCode);
        fleet._database = await fleet.Home.DatabaseAsync();
        fleet.Home.Set("FLEETMARK_DATABASE", fleet._database.ConnectionString);
        return fleet;
    }

    /// <summary>Starts a silo; its ports are its own.</summary>
    internal SiloProcess StartSilo(params string[] settings)
    {
        int[] ports = FreePorts(4);
        Command command = Home.Start(
        [
            "host", "silo", $"--Silo:Gateway=http://127.0.0.1:{ports[0]}", $"--Silo:Management=http://127.0.0.1:{ports[1]}", $"--Silo:SiloPort={ports[2]}",
            $"--Silo:ClientPort={ports[3]}", "--Silo:ProbeTimeout=00:00:01", .. settings,
        ]);
        _commands.Add(command);
        return new SiloProcess(command, $"http://127.0.0.1:{ports[0]}", $"http://127.0.0.1:{ports[1]}");
    }

    /// <summary>Starts an agent with a data folder of its own.</summary>
    internal Command StartAgent(string silo, string tokenFile, string name)
    {
        string folder = Home.Beside(name);
        Command command = Home.Start(
            "host", "agent", "--silo", silo, "--token-file", tokenFile, $"--Agent:Name={name}", $"--Agent:DataFolder={folder}/data", $"--Agent:ModelsFolder={folder}/models", $"--Agent:LockFolder={folder}/locks");
        _commands.Add(command);
        return command;
    }

    /// <summary>A join token, in a file.</summary>
    internal async Task<string> TokenFileAsync(params string[] options)
    {
        Finished made = await Home.RunAsync(["token", "create", "join", .. options]);
        Assert.Equal(0, made.ExitCode);
        return Home.Write("token", made.Output);
    }

    /// <summary>Stops the server in the midst of everything, as <c>pg_ctl -m immediate</c> does.</summary>
    internal async Task StopDatabaseAsync()
    {
        string pidFile = Directory.GetFiles(Home.Folder, "postmaster.pid", SearchOption.AllDirectories).Single();
        int postmaster = int.Parse((await File.ReadAllLinesAsync(pidFile, TestContext.Current.CancellationToken))[0], CultureInfo.InvariantCulture);
        Assert.Equal(0, Command.Signal(postmaster, Command.Quit));
        await Eventually.Async("the server is gone", () => Task.FromResult(File.Exists($"/proc/{postmaster}/stat")), isThere => !isThere, TimeSpan.FromSeconds(20));
    }

    /// <summary>Starts it again.</summary>
    internal async Task StartDatabaseAsync() => Assert.Equal(0, (await Home.RunAsync("db", "start")).ExitCode);

    /// <summary>The first value of a statement.</summary>
    internal async Task<T> ScalarAsync<T>(string sql)
    {
        await using NpgsqlCommand command = _database.Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Waits until a statement says so.</summary>
    internal Task BecomesAsync<T>(string what, string sql, T value) =>
        Eventually.Async(what, () => ScalarAsync<T>(sql), seen => EqualityComparer<T>.Default.Equals(seen, value), TimeSpan.FromSeconds(60));

    /// <summary>What a probe answers; null while nobody listens.</summary>
    internal static async Task<HttpStatusCode?> ProbeAsync(SiloProcess silo, string question)
    {
        try
        {
            using HttpResponseMessage answer = await Http.GetAsync(new Uri($"{silo.Management}/health/{question}"), TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Waits until a probe answers so.</summary>
    internal static Task AnswersAsync(SiloProcess silo, string question, HttpStatusCode? code) =>
        Eventually.Async($"{question} answers {code}", () => ProbeAsync(silo, question), seen => seen == code, TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync()
    {
        foreach (Command command in _commands)
        {
            command.Kill();
            command.Dispose();
        }

        await _database.DisposeAsync();
        Home.Set("FLEETMARK_DATABASE", "");
        await Home.DisposeAsync();
    }

    private static int[] FreePorts(int count)
    {
        Socket[] sockets = [.. Enumerable.Range(0, count).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))];
        foreach (Socket socket in sockets) socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int[] ports = [.. sockets.Select(socket => ((IPEndPoint)socket.LocalEndPoint!).Port)];
        foreach (Socket socket in sockets) socket.Dispose();
        return ports;
    }
}

/// <summary>A silo that was started.</summary>
/// <param name="Command">Its process.</param>
/// <param name="Gateway">Where agents dial.</param>
/// <param name="Management">Where probes are asked.</param>
internal sealed record SiloProcess(Command Command, string Gateway, string Management);
