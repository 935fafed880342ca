using System.CommandLine;
using System.Globalization;
using Fleetmark.Agent.Models;
using Fleetmark.Cli.Embedded;
using Fleetmark.Documents;
using Fleetmark.Measurement.Launches;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fleetmark.Cli.Models;

/// <summary><c>models build</c>: the ONNX file of a model, in FP16 too, which a worker converts and compares with its source.</summary>
internal static class ModelBuildCommand
{
    private const string Single = "fp32";
    private const string Half = "fp16";

    /// <summary>The command with its options.</summary>
    public static Command Create(FleetmarkHome home, Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "A model of the zoo, or a definition (.yaml)" };
        var file = new Option<string>("--out") { Description = "The ONNX file to write", Required = true };
        var precision = new Option<string>("--precision") { Description = "fp32, or fp16: converted, and compared with FP32 on 64 inputs", DefaultValueFactory = _ => Single };
        precision.AcceptOnlyFromAmong(Single, Half);
        var command = new Command("build", "Write the ONNX file of a model, with synthetic weights") { name, file, precision };
        command.SetAction(async (parsed, cancel) =>
        {
            ModelDefinition definition = ModelCommands.Definition(parsed.GetRequiredValue(name), home);
            string path = Path.GetFullPath(parsed.GetRequiredValue(file));
            string draft = $"{path}.{Guid.NewGuid():N}", converted = $"{draft}.{Half}";
            try
            {
                await Task.Run(() => Write(definition, draft, cancel), cancel);
                if (parsed.GetValue(precision) == Half)
                {
                    ConvertedFile half = await ConvertAsync(definition, home, draft, converted, cancel);
                    await terminal.Output.WriteLineAsync(ModelText.Of(half).AsMemory(), cancel);
                    File.Move(converted, path, overwrite: true);
                }
                else
                {
                    File.Move(draft, path, overwrite: true);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new ProblemException(new Problem("model-unwritable", path, $"the file cannot be written: {e.Message.TrimEnd('.')}", "give another --out"));
            }
            finally
            {
                foreach (string left in (string[])[draft, converted])
                    if (File.Exists(left)) File.Delete(left);
            }

            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{definition.Name}: {new FileInfo(path).Length} bytes in {path}, weights {OnnxEmitter.WeightsRecipe}"));
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(ModelDefinition definition, string path, CancellationToken cancel)
    {
        using FileStream stream = File.Create(path);
        OnnxEmitter.Emit(definition, stream, cancel);
    }

    private static Task<ConvertedFile> ConvertAsync(ModelDefinition definition, FleetmarkHome home, string source, string target, CancellationToken cancel)
    {
        var conversion = new LocalConversion(EmbeddedAgent.Options(home), TimeProvider.System, NullLoggerFactory.Instance);
        return conversion.RunAsync(new ModelFile { Path = source, Format = "onnx" }, definition.Input.Dimensions[1], target, cancel);
    }
}
