using System.CommandLine;
using System.Security.Cryptography;
using Fleetmark.Cli.Databases;
using Fleetmark.Cli.Embedded;
using Fleetmark.Cli.Plans;
using Fleetmark.Cli.Tables;
using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Efforts;

namespace Fleetmark.Cli.Runs;

/// <summary><c>run PLAN</c>: from a plan to printed tables on this machine.</summary>
internal static class RunCommand
{
    /// <summary>A person waits for it.</summary>
    private const int InteractivePriority = 20;

    /// <summary>The command with its options.</summary>
    public static Command Create(FleetmarkHome home, Terminal terminal, Option<bool> verbose)
    {
        var plan = new Argument<string>("PLAN") { Description = "The plan, a YAML file" };
        var output = new Option<string?>("--out") { Description = "Folder for tables, plots and results" };
        var effort = new Option<string?>("--effort") { Description = "quick, standard or publish, in place of the plan's" };
        effort.AcceptOnlyFromAmong("quick", "standard", "publish");
        var requireAll = new Option<bool>("--require-all") { Description = "Exit 3 when any cell of the plan has no valid value, also where no device could measure it" };
        Option<string?> database = DatabaseCommands.DatabaseOption();
        var command = new Command("run", "Measure a plan on this machine, print its tables and write them") { plan, output, effort, requireAll, database };
        command.SetAction(async (parsed, cancel) =>
        {
            SubmittablePlan read = SubmittablePlan.Read(parsed.GetRequiredValue(plan));
            var models = new PlanArtifacts(home, terminal);
            IReadOnlyList<FoundModel> found = models.Check(read, cancel);
            OutputFolder? folder = parsed.GetValue(output) is { } path ? OutputFolder.Open(path) : null;
            await using EmbeddedStack stack = await EmbeddedStack.StartAsync(home, terminal, parsed.GetValue(database), parsed.GetValue(verbose), cancel);
            IReadOnlyList<PlanArtifact> artifacts = await models.ResolveAsync(found, cancel);
            var options = new ExpansionOptions
            {
                Effort = parsed.GetValue(effort) is { } word ? Enum.Parse<Effort>(word, ignoreCase: true) : null,
                OrderSeed = RandomNumberGenerator.GetInt32(int.MaxValue),
                OfferedClassesOnly = true,
            };
            IReadOnlyList<string> sentinels = PlanExpansion.SentinelModels(read.Plan, artifacts, await stack.Database.Fleet.DeviceClassesAsync(cancel), options);
            var request = new SubmitRequest
            {
                IdempotencyKey = Guid.CreateVersion7().ToString(),
                PlanSource = read.Source,
                PlanFile = read.File,
                Artifacts = [.. artifacts],
                Sentinels = [.. await models.ResolveAsync([.. sentinels.Select(FoundModel.BuiltIn)], cancel)],
                Effort = options.Effort,
                Owner = Environment.UserName,
                Priority = InteractivePriority,
                OrderSeed = options.OrderSeed,
                OfferedClassesOnly = options.OfferedClassesOnly,
            };
            return await new RunSession(stack, terminal).SubmitAsync(request, folder, parsed.GetValue(requireAll), cancel);
        });
        return command;
    }
}
