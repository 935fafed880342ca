using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Fleetmark.Cli.Databases;
using Fleetmark.Storage.Runs;

namespace Fleetmark.Cli.Runs;

/// <summary><c>runs</c>: the runs of the database, newest first.</summary>
internal static class RunsCommand
{
    private const int MostRuns = 500;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var limit = new Option<int>("--limit") { Description = "How many, newest first", DefaultValueFactory = _ => 20 };
        limit.Validators.Add(option =>
        {
            if (option.GetValueOrDefault<int>() is < 1 or > MostRuns) option.AddError($"--limit: a whole number from 1 to {MostRuns}");
        });
        var json = new Option<bool>("--json") { Description = "For scripts" };
        Option<string?> database = DatabaseCommands.DatabaseOption();
        var command = new Command("runs", "List the runs of the database, newest first") { limit, json, database };
        command.SetAction(async (parsed, cancel) =>
        {
            await using DatabaseAccess access = await DatabaseAccess.OpenAsync(terminal, parsed.GetValue(database), cancel);
            IReadOnlyList<RunListing> runs = await access.Runs.ListAsync(parsed.GetValue(limit), cancel);
            await terminal.Output.WriteLineAsync((parsed.GetValue(json) ? Json(runs) : Text(runs)).AsMemory(), cancel);
            return ExitCode.Success;
        });
        return command;
    }

    private static string Json(IReadOnlyList<RunListing> runs) => JsonSerializer.Serialize(
        runs.Select(r => new
        {
            run = r.RunId.Value,
            uid = r.RunUid,
            plan = r.PlanName,
            state = r.State.ToString().ToLowerInvariant(),
            effort = r.Effort.ToString().ToLowerInvariant(),
            jobs = r.Jobs,
            done = r.Done,
            submittedAt = r.SubmittedAt,
            endedAt = r.EndedAt,
        }),
        Indented);

    private static string Text(IReadOnlyList<RunListing> runs) => runs.Count == 0
        ? "no runs yet; `fleetmark run plans/quickstart.yaml` makes the first"
        : string.Join(Environment.NewLine, runs.Select(r => string.Create(CultureInfo.InvariantCulture,
            $"{r.RunId,6}  {r.State.ToString().ToLowerInvariant(),-11}  {r.Done,4}/{r.Jobs,-4}  {r.SubmittedAt:yyyy-MM-dd HH:mm} UTC  {r.Effort.ToString().ToLowerInvariant(),-8}  {r.PlanName}")));
}
