using System.CommandLine;
using System.Globalization;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Plans;
using Fleetmark.Models.Artifacts;

namespace Fleetmark.Cli.Plans;

/// <summary><c>plan check</c> and <c>plan expand</c>: what a plan says and what it means on this machine, without measuring or storing anything.</summary>
internal static class PlanCommands
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Create(FleetmarkHome home, Terminal terminal)
    {
        var command = new Command("plan", "Look at a plan without running it");
        command.Subcommands.Add(Check(home, terminal));
        command.Subcommands.Add(Expand(home, terminal));
        return command;
    }

    private static Command Check(FleetmarkHome home, Terminal terminal)
    {
        var plan = new Argument<string>("PLAN") { Description = "The plan, a YAML file" };
        var command = new Command("check", "Check a plan and the model files it names; exit 2 with one line per problem") { plan };
        command.SetAction(async (parsed, cancel) =>
        {
            SubmittablePlan read = SubmittablePlan.Read(parsed.GetRequiredValue(plan));
            ExpansionView view = await ViewAsync(read, home, terminal, cancel);
            terminal.Note(string.Create(CultureInfo.InvariantCulture,
                $"{read.File}: plan '{read.Plan.Name}' is good: {PlanText.Totals(view)}, {view.Totals.Withdrawn} cells cannot be measured on this machine"));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Expand(FleetmarkHome home, Terminal terminal)
    {
        var plan = new Argument<string>("PLAN") { Description = "The plan, a YAML file" };
        var json = new Option<bool>("--json") { Description = "For scripts: every default, cell and job" };
        var command = new Command("expand", "Show the cells and jobs of a plan on this machine") { plan, json };
        command.SetAction(async (parsed, cancel) =>
        {
            SubmittablePlan read = SubmittablePlan.Read(parsed.GetRequiredValue(plan));
            ExpansionView view = await ViewAsync(read, home, terminal, cancel);
            await terminal.Output.WriteLineAsync((parsed.GetValue(json) ? view.ToJson().TrimEnd() : PlanText.Of(view)).AsMemory(), cancel);
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<ExpansionView> ViewAsync(SubmittablePlan plan, FleetmarkHome home, Terminal terminal, CancellationToken cancel)
    {
        IReadOnlyList<FoundModel> models = new PlanArtifacts(home, terminal).Check(plan, cancel);
        IReadOnlyList<PlanArtifact> artifacts = await DescribeAsync(models, home, cancel);
        IReadOnlyList<DeviceClass> classes = await LocalDevices.FindAsync(home, cancel);
        var options = new ExpansionOptions { OrderSeed = 0, OfferedClassesOnly = true };
        options = options with { Sentinels = await DescribeAsync(PlanExpansion.SentinelModels(plan.Plan, artifacts, classes, options).Select(FoundModel.BuiltIn), home, cancel) };
        var view = ExpansionView.Of(plan.Plan, PlanReading.Sha256(plan.Source), artifacts, options, PlanExpansion.Expand(plan.Plan, artifacts, classes, options));
        return view with { Models = [.. view.Models.Zip(models, (seen, found) => found.HomeFile is { } file ? seen with { Source = "home", File = file } : seen)] };
    }

    private static async Task<IReadOnlyList<PlanArtifact>> DescribeAsync(IEnumerable<FoundModel> models, FleetmarkHome home, CancellationToken cancel)
    {
        var cache = new ArtifactCache(home.Path, TimeProvider.System);
        List<PlanArtifact> artifacts = [];
        foreach (FoundModel model in models) artifacts.Add(await model.DescribeAsync(cache, cancel));
        return artifacts;
    }
}
