using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Fleetmark.Documents;
using Fleetmark.Fixtures;
using Fleetmark.Storage.Clusters;
using Fleetmark.Storage.Databases;
using Npgsql;

namespace Fleetmark.Storage.Tests.Clusters;

/// <summary>The private cluster with real servers, each in a home of its own.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivateClusterTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _home = new("cluster");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ClusterSettings Settings => new() { Root = Path.Combine(_home.Path, "pg"), Durable = false };

    private PrivateCluster Cluster => new(Settings, TimeProvider.System);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await Cluster.DestroyAsync(CancellationToken.None);
        _home.Dispose();
    }

    [Fact]
    public async Task Last_session_out_stops_the_server_and_the_data_stays()
    {
        ClusterSession first = await Cluster.AttachAsync(Cancel);
        ClusterSession second = await Cluster.AttachAsync(Cancel);
        Assert.Equal(2, (await Cluster.StatusAsync(Cancel)).Sessions);
        await ExecuteAsync(first, "create table kept as select 42 as answer");

        await first.DisposeAsync();
        Assert.True((await Cluster.StatusAsync(Cancel)).IsRunning);
        await second.DisposeAsync();

        ClusterStatus stopped = await Cluster.StatusAsync(Cancel);
        Assert.True(stopped.Exists);
        Assert.False(stopped.IsRunning);
        await using ClusterSession again = await Cluster.AttachAsync(Cancel);
        Assert.Equal(42, await ScalarAsync(again, "select answer from kept"));
    }

    [Fact]
    public async Task Two_commands_at_once_make_one_cluster()
    {
        ClusterSession[] sessions = await Task.WhenAll(Cluster.AttachAsync(Cancel), Cluster.AttachAsync(Cancel), Cluster.AttachAsync(Cancel));
        Assert.Single(sessions.Select(s => s.ConnectionString).Distinct());
        foreach (ClusterSession session in sessions) await session.DisposeAsync();
        Assert.False((await Cluster.StatusAsync(Cancel)).IsRunning);
    }

    [Fact]
    public async Task A_server_a_person_started_stays_until_a_person_stops_it()
    {
        await Cluster.StartAsync(Cancel);
        await (await Cluster.AttachAsync(Cancel)).DisposeAsync();
        ClusterStatus status = await Cluster.StatusAsync(Cancel);
        Assert.True(status.StartedExplicitly);
        Assert.Equal(0, status.Sessions);

        await Cluster.StopAsync(Cancel);

        Assert.False((await Cluster.StatusAsync(Cancel)).IsRunning);
        await (await Cluster.AttachAsync(Cancel)).DisposeAsync();
        Assert.False((await Cluster.StatusAsync(Cancel)).IsRunning);
    }

    [Fact]
    public async Task Stop_and_destroy_refuse_while_a_command_is_joined()
    {
        await using ClusterSession session = await Cluster.AttachAsync(Cancel);
        Assert.Equal("cluster-in-use", Assert.Single((await Assert.ThrowsAsync<ProblemException>(() => Cluster.StopAsync(Cancel))).Problems).Code);
        Assert.Equal("cluster-in-use", Assert.Single((await Assert.ThrowsAsync<ProblemException>(() => Cluster.DestroyAsync(Cancel))).Problems).Code);
        Assert.Equal(1, await ScalarAsync(session, "select 1"));
    }

    [Fact]
    public async Task What_a_killed_command_leaves_running_is_adopted_and_stopped_by_the_next()
    {
        ClusterSession killed = await Cluster.AttachAsync(Cancel);
        int? server = (await Cluster.StatusAsync(Cancel)).ProcessId;
        await ExecuteAsync(killed, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'fleetmark-cli'");   // what its death does to its session

        ClusterSession next = await Cluster.AttachAsync(Cancel);
        Assert.Equal(server, (await Cluster.StatusAsync(Cancel)).ProcessId);
        await next.DisposeAsync();

        Assert.False((await Cluster.StatusAsync(Cancel)).IsRunning);
        await killed.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_was_killed_is_started_over_its_pid_file()
    {
        ClusterSession session = await Cluster.AttachAsync(Cancel);
        ClusterStatus before = await Cluster.StatusAsync(Cancel);
        using (var server = Process.GetProcessById(before.ProcessId!.Value))
        {
            server.Kill();
            await server.WaitForExitAsync(Cancel);
        }

        Assert.True(File.Exists(Path.Combine(before.DataFolder, "postmaster.pid")));
        await using ClusterSession again = await Cluster.AttachAsync(Cancel);
        Assert.NotEqual(before.ProcessId, (await Cluster.StatusAsync(Cancel)).ProcessId);
        Assert.Equal(1, await ScalarAsync(again, "select 1"));
        await session.DisposeAsync();
        Assert.True((await Cluster.StatusAsync(Cancel)).IsRunning);
    }

    [Fact]
    public async Task A_pid_file_whose_number_another_program_has_by_now_is_no_obstacle()
    {
        await (await Cluster.AttachAsync(Cancel)).DisposeAsync();
        string data = (await Cluster.StatusAsync(Cancel)).DataFolder;
        var start = new ProcessStartInfo("sleep", "600");
        if ((await ClusterUser.ChooseAsync(data, configured: null, Cancel)).Name is { } owner) start.UserName = owner;   // another user's process would not trouble PostgreSQL
        using Process stranger = Process.Start(start)!;
        await File.WriteAllTextAsync(Path.Combine(data, "postmaster.pid"), $"{stranger.Id}\n{data}\n", Cancel);

        try
        {
            Assert.False((await Cluster.StatusAsync(Cancel)).IsRunning);
            await using ClusterSession session = await Cluster.AttachAsync(Cancel);
            Assert.Equal(1, await ScalarAsync(session, "select 1"));
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Fact]
    public async Task A_half_made_cluster_is_made_again()
    {
        string root = Settings.Root;
        IReadOnlyList<PostgresBinaries> found = await PostgresBinaries.FindAsync(null, Cancel);
        string draft = Path.Combine(root, $"{found.Max(f => f.Major).ToString(CultureInfo.InvariantCulture)}.new");
        Directory.CreateDirectory(draft);
        await File.WriteAllTextAsync(Path.Combine(draft, "PG_VERSION"), "15\n", Cancel);

        await using ClusterSession session = await Cluster.AttachAsync(Cancel);

        Assert.False(Directory.Exists(draft));
        Assert.Equal(1, await ScalarAsync(session, "select 1"));
    }

    [Fact]
    public async Task Password_is_for_its_owner_only_and_no_port_is_open()
    {
        await using ClusterSession session = await Cluster.AttachAsync(Cancel);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Settings.Root, "cluster.json")));
        Assert.Equal("", await ScalarAsync(session, "show listen_addresses"));
        Assert.Equal("scram-sha-256", await ScalarAsync(session, "select string_agg(distinct auth_method, ',') from pg_hba_file_rules where type = 'local'"));
        Assert.Equal("UTF8", await ScalarAsync(session, "show server_encoding"));
        Assert.Equal("on", await ScalarAsync(session, "show data_checksums"));
        var wrong = new NpgsqlConnectionStringBuilder(session.ConnectionString) { Password = "wrong", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);
        Assert.Equal(PostgresErrorCodes.InvalidPassword, (await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Cancel))).SqlState);
    }

    [Fact]
    public async Task A_home_too_deep_for_a_socket_gets_a_temporary_socket_folder()
    {
        string deep = Path.Combine(_home.Path, new string('d', 100), new string('e', 80));
        ClusterSettings settings = Settings with { Root = Path.Combine(deep, "pg") };
        var cluster = new PrivateCluster(settings, TimeProvider.System);
        await using (ClusterSession session = await cluster.AttachAsync(Cancel)) Assert.Equal(1, await ScalarAsync(session, "select 1"));
        string? socket = (await cluster.StatusAsync(Cancel)).SocketFolder;
        Assert.StartsWith(Path.GetTempPath(), socket, StringComparison.Ordinal);

        await cluster.DestroyAsync(Cancel);

        Assert.False(Directory.Exists(socket));
        Assert.False(Directory.Exists(settings.Root));
    }

    [Fact]
    public async Task A_home_with_blanks_and_quotes_works()
    {
        ClusterSettings settings = Settings with { Root = Path.Combine(_home.Path, "it's my home", "pg") };
        var cluster = new PrivateCluster(settings, TimeProvider.System);
        await using (ClusterSession session = await cluster.AttachAsync(Cancel)) Assert.Equal(1, await ScalarAsync(session, "select 1"));
        await cluster.DestroyAsync(Cancel);
    }

    [Fact]
    public async Task Data_without_its_note_is_left_alone()
    {
        await (await Cluster.AttachAsync(Cancel)).DisposeAsync();
        string data = (await Cluster.StatusAsync(Cancel)).DataFolder;
        string note = Path.Combine(Settings.Root, "cluster.json");
        string moved = Path.Combine(_home.Path, "note");
        File.Move(note, moved);

        Assert.Equal("cluster-file", Assert.Single((await Assert.ThrowsAsync<ProblemException>(() => Cluster.AttachAsync(Cancel))).Problems).Code);
        await Cluster.DestroyAsync(Cancel);
        Assert.True(Directory.Exists(data));

        File.Move(moved, note);
        await using ClusterSession session = await Cluster.AttachAsync(Cancel);
        Assert.Equal(1, await ScalarAsync(session, "select 1"));
    }

    [Fact]
    public async Task A_folder_without_programs_is_named_and_one_line_says_so()
    {
        var cluster = new PrivateCluster(Settings with { BinaryFolder = _home.Path }, TimeProvider.System);
        Problem problem = Assert.Single((await Assert.ThrowsAsync<ProblemException>(() => cluster.AttachAsync(Cancel))).Problems);
        Assert.Equal("postgres-missing", problem.Code);
        Assert.Contains(_home.Path, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_of_a_version_that_is_not_installed_is_refused_with_both_versions()
    {
        await (await Cluster.AttachAsync(Cancel)).DisposeAsync();
        ClusterStatus status = await Cluster.StatusAsync(Cancel);
        string note = Path.Combine(Settings.Root, "cluster.json");
        string text = await File.ReadAllTextAsync(note, Cancel);
        await File.WriteAllTextAsync(note, text.Replace($"\"major\": {status.Major}", "\"major\": 99", StringComparison.Ordinal), Cancel);
        string other = Path.Combine(Settings.Root, "99");
        Directory.Move(status.DataFolder, other);

        Problem problem = Assert.Single((await Assert.ThrowsAsync<ProblemException>(() => Cluster.AttachAsync(Cancel))).Problems);

        Assert.Equal("postgres-version", problem.Code);
        Assert.Contains("PostgreSQL 99", problem.What, StringComparison.Ordinal);
        Assert.Contains($"{status.Major}", problem.What, StringComparison.Ordinal);
        Directory.Move(other, status.DataFolder);
        await File.WriteAllTextAsync(note, text, Cancel);
    }

    [Fact]
    public async Task As_root_a_closed_home_is_named()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root hands the server to another user");
        string closed = Path.Combine(_home.Path, "closed");
        Directory.CreateDirectory(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var cluster = new PrivateCluster(Settings with { Root = Path.Combine(closed, "pg") }, TimeProvider.System);

        Problem problem = Assert.Single((await Assert.ThrowsAsync<ProblemException>(() => cluster.AttachAsync(Cancel))).Problems);

        Assert.Equal(("cluster-place", closed), (problem.Code, problem.Where));
    }

    [Fact]
    public async Task Status_of_an_unused_home_makes_nothing()
    {
        Assert.False((await Cluster.StatusAsync(Cancel)).Exists);
        await Cluster.StopAsync(Cancel);
        await Cluster.DestroyAsync(Cancel);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_home.Path));
    }

    [Fact]
    public async Task A_private_database_session_has_the_schema()
    {
        await using (DatabaseSession session = await DatabaseSession.OpenAsync(DatabaseChoice.Decide(null, _ => null), Settings, TimeProvider.System, Cancel))
        {
            Assert.True(session.IsPrivate);
            await using NpgsqlCommand identity = session.Source.CreateCommand("select count(*)::int from cluster_identity");
            Assert.Equal(1, await identity.ExecuteScalarAsync(Cancel));
        }

        await Eventually.Async("after the only session", async () => !(await Cluster.StatusAsync(Cancel)).IsRunning, Patience);
    }

    [Fact]
    public async Task A_server_that_cannot_be_asked_who_uses_it_is_left_alone()
    {
        await using ClusterSession used = await Cluster.AttachAsync(Cancel);
        await using var connection = new NpgsqlConnection(used.ConnectionString);
        await connection.OpenAsync(Cancel);
        string socket = Path.Combine((await Cluster.StatusAsync(Cancel)).SocketFolder!, ".s.PGSQL.5432");
        File.Move(socket, socket + ".hidden");

        var hurried = new PrivateCluster(Settings, new HurriedTime());
        await Assert.ThrowsAsync<ProblemException>(() => hurried.AttachAsync(Cancel));
        ProblemException refused = await Assert.ThrowsAsync<ProblemException>(() => hurried.StopAsync(Cancel));

        File.Move(socket + ".hidden", socket);
        Assert.Contains("does not say who uses it", refused.Message, StringComparison.Ordinal);
        await using var alive = new NpgsqlCommand("select 1", connection);
        Assert.Equal(1, await alive.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task A_start_that_is_cancelled_leaves_no_server_behind()
    {
        await (await Cluster.AttachAsync(Cancel)).DisposeAsync();
        using var stop = new CancellationTokenSource();
        Task<ClusterSession> attaching = Cluster.AttachAsync(stop.Token);
        await Eventually.Async("the server starts", async () => attaching.IsCompleted || (await Cluster.StatusAsync(Cancel)).IsRunning, Patience);
        await stop.CancelAsync();
        try
        {
            await (await attaching).DisposeAsync();
        }
        catch (OperationCanceledException)
        {
            // The usual end; on a fast machine it was attached already.
        }

        Assert.False((await Cluster.StatusAsync(Cancel)).IsRunning);
    }

    /// <summary>A clock on which patience is over a hundred times sooner.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public override long GetTimestamp() => base.GetTimestamp() * 100;
    }

    private static async Task ExecuteAsync(ClusterSession session, string statement)
    {
        await using NpgsqlDataSource source = DatabaseConnection.Open(session.ConnectionString.Replace("Pooling=True", "Pooling=False", StringComparison.Ordinal));
        await using NpgsqlCommand command = source.CreateCommand("set search_path = public; " + statement);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task<object?> ScalarAsync(ClusterSession session, string query)
    {
        await using NpgsqlDataSource source = DatabaseConnection.Open(session.ConnectionString);
        await using NpgsqlCommand command = source.CreateCommand("set search_path = public; " + query);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
