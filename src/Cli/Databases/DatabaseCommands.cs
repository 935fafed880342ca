using System.CommandLine;
using Fleetmark.Documents;
using Fleetmark.Storage.Clusters;
using Fleetmark.Storage.Migrations;

namespace Fleetmark.Cli.Databases;

/// <summary><c>db start|stop|status|migrate|dump|destroy</c>: the private cluster, or the schema of a server.</summary>
internal static class DatabaseCommands
{
    /// <summary>The option every command with a database has.</summary>
    public static Option<string?> DatabaseOption() => new("--database") { Description = "PostgreSQL connection string, in place of FLEETMARK_DATABASE or the private cluster" };

    /// <summary>The command with its subcommands.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("db", "The private PostgreSQL cluster, or the schema of a server");
        command.Subcommands.Add(Plain("start", "Start the private cluster and leave it running", async cancel =>
        {
            await FleetmarkHome.Cluster().StartAsync(cancel);
            terminal.Note("the private cluster runs until `fleetmark db stop`");
        }));
        command.Subcommands.Add(Plain("stop", "Stop the private cluster", async cancel =>
        {
            await FleetmarkHome.Cluster().StopAsync(cancel);
            terminal.Note("the private cluster is stopped");
        }));
        command.Subcommands.Add(Plain("status", "Say where the private cluster is and whether it runs", async cancel =>
            await terminal.Output.WriteLineAsync(Describe(await FleetmarkHome.Cluster().StatusAsync(cancel)).AsMemory(), cancel)));
        command.Subcommands.Add(Migrate(terminal));
        command.Subcommands.Add(DumpCommand.Create(terminal));
        command.Subcommands.Add(Destroy(terminal));
        return command;
    }

    private static Command Migrate(Terminal terminal)
    {
        Option<string?> database = DatabaseOption();
        var check = new Option<bool>("--check") { Description = "Change nothing; exit 0 when nothing is pending, 1 when something is" };
        var command = new Command("migrate", "Bring the database to this program's schema") { database, check };
        command.SetAction(async (parsed, cancel) =>
        {
            await using DatabaseAccess access = await DatabaseAccess.ConnectAsync(terminal, parsed.GetValue(database), cancel);
            var migrations = new MigrationRunner(access.Source);
            bool onlyCheck = parsed.GetValue(check);
            IReadOnlyList<string> ids = onlyCheck ? await migrations.PendingAsync(cancel) : await migrations.ApplyAsync(cancel);
            string state = onlyCheck ? "pending" : "applied";
            terminal.Note(ids.Count == 0 ? "nothing is pending" : $"{state}: {string.Join(", ", ids)}");
            return onlyCheck && ids.Count > 0 ? 1 : ExitCode.Success;
        });
        return command;
    }

    private static Command Destroy(Terminal terminal)
    {
        var yes = new Option<bool>("--yes") { Description = "Do not ask" };
        var command = new Command("destroy", "Delete the private cluster with all its data") { yes };
        command.SetAction(async (parsed, cancel) =>
        {
            PrivateCluster cluster = FleetmarkHome.Cluster();
            ClusterStatus status = await cluster.StatusAsync(cancel);
            if (!status.Exists)
            {
                terminal.Note("there is no private cluster");
                return ExitCode.Success;
            }

            if (!parsed.GetValue(yes) && !Confirmed(terminal, status.DataFolder))
                throw new ProblemException(new Problem("not-confirmed", "db destroy", "nothing was deleted", "say yes, or give --yes"));
            await cluster.DestroyAsync(cancel);
            terminal.Note("the private cluster and its data are gone");
            return ExitCode.Success;
        });
        return command;
    }

    private static bool Confirmed(Terminal terminal, string folder)
    {
        terminal.Note($"this deletes every run in {folder}; type yes to go on");
        return string.Equals(Console.In.ReadLine()?.Trim(), "yes", StringComparison.OrdinalIgnoreCase);
    }

    private static Command Plain(string name, string description, Func<CancellationToken, Task> act)
    {
        var command = new Command(name, description);
        command.SetAction(async (_, cancel) =>
        {
            await act(cancel);
            return ExitCode.Success;
        });
        return command;
    }

    private static string Describe(ClusterStatus status)
    {
        if (!status.Exists) return $"no private cluster (it would be made in {status.DataFolder})";
        string running = status.ProcessId is { } pid
            ? $"running as process {pid}, {status.Sessions} commands use it{(status.StartedExplicitly ? ", stays until `fleetmark db stop`" : "")}"
            : "stopped";
        return $"PostgreSQL {status.Major}, {running}; data {status.DataFolder}; socket {status.SocketFolder}";
    }
}
