using System.ComponentModel;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Workers;
using Fleetmark.Measurement.Launches;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Calibration;

/// <summary>
/// The model of calibrations, VGG16, as a file of its own that is built when it is needed and removed after: half a gigabyte for a minute a week. The worker knows the
/// definition, so no plan is needed to have one.
/// </summary>
internal sealed class SoakModel(IOptions<AgentOptions> options, RuntimeCatalog catalog, WorkerLauncher launcher, TimedCores timed)
{
    private const string Name = "VGG16";

    /// <summary>Height and width of its input.</summary>
    internal const int Crop = 224;

    private string FilePath => Path.Combine(options.Value.Calibrations(), "soak.onnx");

    /// <summary>Writes the file; null with the reason when that is not possible.</summary>
    internal async Task<(ModelFile? Model, string Problem)> BuildAsync(StopSignal stop)
    {
        if (catalog.Builder is not { } builder) return (null, "no runtime here builds models");
        if (catalog.Refusal(builder) is { } refusal) return (null, refusal);
        Directory.CreateDirectory(options.Value.Calibrations());
        Remove();
        try
        {
            var request = new BuildRequest { Name = Name, Definition = "", Weights = "", Path = FilePath };
            WorkerRun run = await launcher.RunAsync(builder.Command with { KeptOff = timed.All }, "soak-build", _ => request, observer: null, stop);
            await run.Gone;
            return run.Outcome.Answer is BuiltMessage built
                ? (new ModelFile { Path = FilePath, Sha256 = built.Sha256, Format = "onnx" }, "")
                : (null, $"{Name} cannot be built: {run.Outcome.Failure?.Text}");
        }
        catch (Win32Exception e)
        {
            return (null, $"the operating system does not start a worker: {e.Message}");
        }
    }

    /// <summary>Removes the file, and what a build that was killed left of it.</summary>
    internal void Remove()
    {
        if (!Directory.Exists(options.Value.Calibrations())) return;
        foreach (string left in Directory.EnumerateFiles(options.Value.Calibrations(), Path.GetFileName(FilePath) + "*")) File.Delete(left);
    }
}
