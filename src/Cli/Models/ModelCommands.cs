using System.CommandLine;
using Fleetmark.Models.Descriptions;
using Fleetmark.Models.Graphs;
using Fleetmark.Models.Imported;
using Fleetmark.Models.Zoo;

namespace Fleetmark.Cli.Models;

/// <summary><c>models list|describe|build</c>: the model zoo.</summary>
internal static class ModelCommands
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Create(FleetmarkHome home, Terminal terminal)
    {
        var command = new Command("models", "The model zoo: counts, shapes, ONNX files");
        command.Subcommands.Add(List(home, terminal));
        command.Subcommands.Add(Describe(home, terminal));
        command.Subcommands.Add(ModelBuildCommand.Create(home, terminal));
        return command;
    }

    private static Command List(FleetmarkHome home, Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "For scripts: every count by convention" };
        var command = new Command("list", "List the models with their parameters and operations") { json };
        command.SetAction(async (parsed, cancel) =>
        {
            var zoo = ModelZoo.WithFolder(home.Models);
            terminal.Report(zoo.Problems);
            var list = ModelList.Of(zoo);
            await terminal.Output.WriteLineAsync((parsed.GetValue(json) ? list.ToJson() : ModelText.Of(list)).AsMemory(), cancel);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Describe(FleetmarkHome home, Terminal terminal)
    {
        var name = new Argument<string>("NAME|FILE") { Description = "A model of the zoo, a definition (.yaml) or an ONNX file (.onnx)" };
        var json = new Option<bool>("--json") { Description = "For scripts" };
        var command = new Command("describe", "Show the shapes and counts of a model") { name, json };
        command.SetAction(async (parsed, cancel) =>
        {
            ModelDescription description = Find(parsed.GetRequiredValue(name), home, cancel);
            await terminal.Output.WriteLineAsync((parsed.GetValue(json) ? description.ToJson() : ModelText.Of(description)).AsMemory(), cancel);
            return ExitCode.Success;
        });
        return command;
    }

    private static ModelDescription Find(string name, FleetmarkHome home, CancellationToken cancel) => name.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)
        ? ModelDescription.Of(ImportedModel.Open(name, ImportExpectation.Nothing, cancel))
        : ModelDescription.Of(Definition(name, home));

    /// <summary>The definition a name or a path means.</summary>
    internal static ModelDefinition Definition(string name, FleetmarkHome home) => name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
        ? ModelDefinition.ReadFile(name)
        : ModelZoo.WithFolder(home.Models).Find(name, "models");
}
