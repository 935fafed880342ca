using System.Net.Sockets;
using Fleetmark.Documents;
using Fleetmark.Storage.Databases;
using Npgsql;

namespace Fleetmark.Storage.Clusters;

/// <summary>
/// The PostgreSQL cluster Fleetmark owns when no database is configured: made on first use, reached over a Unix socket only, shared by all commands of the
/// same home, stopped by the last one that leaves. A killed command leaves the server running; the next command adopts it, or starts over what is left.
/// </summary>
public sealed class PrivateCluster(ClusterSettings settings, TimeProvider clock)
{
    private const UnixFileMode Enterable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly ClusterPlace _place = new(settings.Root);

    /// <summary>Makes and starts the cluster as needed and joins it.</summary>
    /// <exception cref="ProblemException">PostgreSQL is not installed, the folder cannot be used, or the server does not start.</exception>
    public async Task<ClusterSession> AttachAsync(CancellationToken cancel)
    {
        using ClusterLock taken = await LockAsync(cancel);
        return await OrNothingAsync(async () => await JoinAsync(await ReadyAsync(cancel), cancel));
    }

    /// <summary>Starts the cluster so that it stays when commands end; it may run already.</summary>
    /// <exception cref="ProblemException">As <see cref="AttachAsync"/>.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        using ClusterLock taken = await LockAsync(cancel);
        ClusterFile file = await OrNothingAsync(() => ReadyAsync(cancel));
        (file with { StartedExplicitly = true }).Write(_place.File);
    }

    /// <summary>Stops the cluster. Does nothing when it does not run.</summary>
    /// <exception cref="ProblemException">A command still uses it.</exception>
    public async Task StopAsync(CancellationToken cancel)
    {
        if (ClusterFile.Read(_place.File) is null) return;
        using ClusterLock taken = await LockAsync(cancel);
        if (ClusterFile.Read(_place.File) is not { } file) return;
        await StopUnusedAsync(file, cancel);
    }

    /// <summary>Stops the cluster and deletes all its data. Does nothing when there is none; touches nothing that is not ours.</summary>
    /// <exception cref="ProblemException">A command still uses it.</exception>
    public async Task DestroyAsync(CancellationToken cancel)
    {
        if (ClusterFile.Read(_place.File) is null) return;
        using (await LockAsync(cancel))
        {
            if (ClusterFile.Read(_place.File) is not { } file) return;
            await StopUnusedAsync(file, cancel);
            foreach (string? folder in new[] { _place.Data(file.Major), _place.Draft(file.Major), _place.Secrets, file.SocketFolder })
                if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            File.Delete(_place.File);
            File.Delete(_place.Lock);
        }

        if (!Directory.EnumerateFileSystemEntries(_place.Root).Any()) Directory.Delete(_place.Root);
    }

    /// <summary>Writes a backup in PostgreSQL's own format (<c>pg_dump -Fc</c>); starts the cluster for it when needed.</summary>
    /// <param name="path">Absolute path of the backup. It appears whole or not at all.</param>
    /// <param name="cancel">Ends the backup; nothing is left of it.</param>
    /// <exception cref="ProblemException">There is no cluster, or the backup failed.</exception>
    public async Task DumpAsync(string path, CancellationToken cancel)
    {
        if (!(await StatusAsync(cancel)).Exists) throw new ProblemException(new Problem("no-cluster", _place.Root, "there is no private cluster to back up"));
        await using ClusterSession session = await AttachAsync(cancel);
        ClusterFile file = ClusterFile.Read(_place.File)!;
        PostgresBinaries binaries = await PostgresBinaries.ChooseAsync(settings.BinaryFolder, file.Major, cancel);
        string draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            ChildOutput made = await ChildProcess.RunAsync(
                binaries.Program("pg_dump"),
                ["--format=custom", $"--file={draft}", $"--host={file.SocketFolder}", $"--username={file.User}", $"--dbname={ClusterConnections.Database}"],
                user: null,
                cancel,
                new Dictionary<string, string>(StringComparer.Ordinal) { ["PGPASSWORD"] = file.Password });
            if (made.ExitCode != 0) throw new ProblemException(new Problem("dump-failed", path, $"the backup failed: {made.LastLine}"));
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>What there is now; starts nothing.</summary>
    public async Task<ClusterStatus> StatusAsync(CancellationToken cancel)
    {
        if (ClusterFile.Read(_place.File) is not { } file || !Directory.Exists(_place.Data(file.Major))) return new ClusterStatus { Exists = false, DataFolder = _place.Root };
        string data = _place.Data(file.Major);
        int? pid = ServerPrograms.RunningProcess(data);
        return new ClusterStatus
        {
            Exists = true,
            ProcessId = pid,
            Major = file.Major,
            DataFolder = data,
            SocketFolder = file.SocketFolder,
            StartedExplicitly = pid is not null && file.StartedExplicitly,
            Sessions = pid is null ? null : await ClusterConnections.CountSessionsAsync(file, cancel),
        };
    }

    /// <summary>The end of a session: the last one out stops the server, unless a person started it.</summary>
    internal async Task LeaveAsync(NpgsqlConnection counted)
    {
        using ClusterLock taken = await LockAsync(CancellationToken.None);
        int? others = await ClusterConnections.CountOthersAsync(counted);
        await counted.DisposeAsync();
        if (others is null or 0) await StopAbandonedAsync();
    }

    /// <summary>What fails, or is cancelled, leaves no server behind that nobody knows of.</summary>
    private async Task<T> OrNothingAsync<T>(Func<Task<T>> attach)
    {
        try
        {
            return await attach();
        }
        catch
        {
            await StopAbandonedAsync();
            throw;
        }
    }

    /// <summary>Stops a server that says itself that nobody uses it, and that nobody asked to stay. The caller holds the lock.</summary>
    private async Task StopAbandonedAsync()
    {
        if (ClusterFile.Read(_place.File) is not { StartedExplicitly: false } file || ServerPrograms.RunningProcess(_place.Data(file.Major)) is null) return;
        if (await ClusterConnections.CountSessionsAsync(file, CancellationToken.None) is not 0) return;
        ServerPrograms programs = await ProgramsAsync(file.Major, CancellationToken.None);
        await programs.StopAsync(CancellationToken.None);
    }

    /// <summary>Waits for a server that takes connections: one that a killed command left in the middle of its start or its end is on its way, and one that is gone is started.</summary>
    private async Task<ClusterFile> ReadyAsync(CancellationToken cancel)
    {
        long begun = clock.GetTimestamp();
        ClusterFile file = await EnsureRunningAsync(cancel);
        while (true)
        {
            try
            {
                await ClusterConnections.EnsureDatabaseAsync(file, cancel);
                return file;
            }
            catch (NpgsqlException e) when (IsOnItsWay(e) && clock.GetElapsedTime(begun) < ReadyWithin)
            {
                await Task.Delay(Look, clock, cancel);
                if (ServerPrograms.RunningProcess(_place.Data(file.Major)) is null) file = await EnsureRunningAsync(cancel);
            }
            catch (NpgsqlException e)
            {
                throw new ProblemException(DatabaseProblem.From(e, ClusterConnections.ConnectionString(file, "postgres", "fleetmark-start")));
            }
        }
    }

    private static bool IsOnItsWay(NpgsqlException e) => e is PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow } || e.InnerException is SocketException or IOException;

    private async Task<ClusterFile> EnsureRunningAsync(CancellationToken cancel)
    {
        ClusterFile? known = ClusterFile.Read(_place.File);
        bool complete = known is not null && Directory.Exists(_place.Data(known.Major));
        PostgresBinaries binaries = await PostgresBinaries.ChooseAsync(settings.BinaryFolder, complete ? known!.Major : null, cancel);
        if (!complete && Directory.Exists(_place.Data(binaries.Major)))
            throw new ProblemException(new Problem("cluster-file", _place.File, "there is data of a private cluster but not its note, so its password is lost",
                "restore the file from a backup, or move the folder away to start with an empty database"));
        ServerPrograms programs = await ProgramsAsync(binaries, cancel);
        ClusterFile file = complete ? known! : ClusterFile.Create(binaries.Major);
        if (!complete) await programs.InitializeAsync(file, cancel);
        if (ServerPrograms.RunningProcess(_place.Data(file.Major)) is null)
        {
            file = file with { SocketFolder = ChooseSocketFolder(file), StartedExplicitly = false };
            file.Write(_place.File);
            await programs.StartAsync(file.SocketFolder!, cancel);
        }

        return file;
    }

    private string ChooseSocketFolder(ClusterFile file)
    {
        string? runtime = Environment.IsPrivilegedProcess ? null : settings.RuntimeFolder;
        if (_place.SocketFolder(file.Major, runtime) is { } usual) return usual;
        if (file.SocketFolder is { } known && ClusterPlace.FitsSocket(known) && Directory.Exists(known)) return known;
        return Path.Combine(settings.TemporaryFolder, $"fleetmark-{Guid.NewGuid():N}"[..18]);
    }

    private async Task<ClusterSession> JoinAsync(ClusterFile file, CancellationToken cancel)
    {
        var counted = new NpgsqlConnection(ClusterConnections.ConnectionString(file, ClusterConnections.Database, ClusterConnections.SessionName));
        try
        {
            await counted.OpenAsync(cancel);
            string forPools = new NpgsqlConnectionStringBuilder(ClusterConnections.ConnectionString(file, ClusterConnections.Database, "fleetmark")) { Pooling = true }.ConnectionString;
            return new ClusterSession(this, DatabaseConnection.Complete(forPools, _place.File), counted);
        }
        catch
        {
            await counted.DisposeAsync();
            throw;
        }
    }

    private async Task StopUnusedAsync(ClusterFile file, CancellationToken cancel)
    {
        if (ServerPrograms.RunningProcess(_place.Data(file.Major)) is not { } server) return;
        int sessions = await ClusterConnections.CountSessionsAsync(file, cancel) ?? throw new ProblemException(new Problem(
            "cluster-silent", _place.Root, $"the private cluster (process {server}) does not say who uses it", "try again when it has started or stopped"));
        if (sessions > 0)
            throw new ProblemException(new Problem("cluster-in-use", _place.Root, $"{sessions} other fleetmark {(sessions == 1 ? "command uses" : "commands use")} the private cluster",
                "end them first"));
        ServerPrograms programs = await ProgramsAsync(file.Major, cancel);
        await programs.StopAsync(cancel);
        (file with { StartedExplicitly = false }).Write(_place.File);
    }

    private async Task<ServerPrograms> ProgramsAsync(int major, CancellationToken cancel) =>
        await ProgramsAsync(await PostgresBinaries.ChooseAsync(settings.BinaryFolder, major, cancel), cancel);

    private async Task<ServerPrograms> ProgramsAsync(PostgresBinaries binaries, CancellationToken cancel) =>
        new(binaries, await ClusterUser.ChooseAsync(_place.Data(binaries.Major), settings.RunAs, cancel), _place, settings.Durable);

    private async Task<ClusterLock> LockAsync(CancellationToken cancel)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(_place.Root);
            else Directory.CreateDirectory(_place.Root, Enterable);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("cluster-place", _place.Root, $"the folder of the private cluster cannot be made: {e.Message}",
                "set FLEETMARK_HOME to a folder you can write, or name a database with --database"));
        }

        return await ClusterLock.TakeAsync(_place.Lock, clock, cancel);
    }
}
