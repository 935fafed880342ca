using System.CommandLine;
using Fleetmark.Cli.Databases;
using Fleetmark.Cli.Embedded;
using Fleetmark.Cli.Tables;
using Fleetmark.Contracts.Runs;

namespace Fleetmark.Cli.Runs;

/// <summary><c>resume RUN</c>: finishes an interrupted run without measuring its finished cells again.</summary>
internal static class ResumeCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(FleetmarkHome home, Terminal terminal, Option<bool> verbose)
    {
        var run = new Argument<long>("RUN") { Description = "Number of the run, as `runs` lists it" };
        var output = new Option<string?>("--out") { Description = "Folder for tables, plots and results" };
        var requireAll = new Option<bool>("--require-all") { Description = "Exit 3 when any cell of the plan has no valid value" };
        Option<string?> database = DatabaseCommands.DatabaseOption();
        var command = new Command("resume", "Finish an interrupted run; finished cells are not measured again") { run, output, requireAll, database };
        command.SetAction(async (parsed, cancel) =>
        {
            OutputFolder? folder = parsed.GetValue(output) is { } path ? OutputFolder.Open(path) : null;
            await using EmbeddedStack stack = await EmbeddedStack.StartAsync(home, terminal, parsed.GetValue(database), parsed.GetValue(verbose), cancel);
            return await new RunSession(stack, terminal).ResumeAsync(new RunId(parsed.GetRequiredValue(run)), folder, parsed.GetValue(requireAll), cancel);
        });
        return command;
    }
}
