using System.CommandLine;
using Fleetmark.Documents;

namespace Fleetmark.Cli.Databases;

/// <summary><c>db dump</c>: a backup of the private cluster, in PostgreSQL's own format.</summary>
internal static class DumpCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var file = new Option<string>("--out") { Description = "The backup file to write (pg_restore reads it)", Required = true };
        var command = new Command("dump", "Write a backup of the private cluster with pg_dump") { file };
        command.SetAction(async (parsed, cancel) =>
        {
            string path = Path.GetFullPath(parsed.GetRequiredValue(file));
            try
            {
                await FleetmarkHome.Cluster().DumpAsync(path, cancel);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new ProblemException(new Problem("dump-unwritable", path, $"the backup cannot be written: {e.Message.TrimEnd('.')}", "give another --out"));
            }

            terminal.Note($"{new FileInfo(path).Length} bytes in {path}");
            return ExitCode.Success;
        });
        return command;
    }
}
