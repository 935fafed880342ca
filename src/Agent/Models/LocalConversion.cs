using System.ComponentModel;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Workers;
using Fleetmark.Documents;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Models;

/// <summary>Has the worker that is installed here convert a model to FP16 and compare it with its source on this machine's CPU, without starting an agent.</summary>
/// <param name="options">Settings of the agent.</param>
/// <param name="clock">Of the supervision.</param>
/// <param name="log">Where the supervision says what it does.</param>
public sealed class LocalConversion(AgentOptions options, TimeProvider clock, ILoggerFactory log)
{
    private const int Channels = 3;

    /// <summary>Converts; nodes whose values overflow, or that make the answers differ, stay in FP32.</summary>
    /// <param name="source">The FP32 file.</param>
    /// <param name="side">Height and width of its input.</param>
    /// <param name="target">Where to write; the folder exists.</param>
    /// <param name="cancel">Ends the worker.</param>
    /// <exception cref="ProblemException">There is no worker, or the model cannot be converted.</exception>
    public async Task<ConvertedFile> RunAsync(ModelFile source, int side, string target, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(source);
        var catalog = new RuntimeCatalog(Options.Create(options));
        if (catalog.Builder is not { } runtime) throw Failed("no worker of ours is installed beside the program", "build again with ./fleetmark");
        if (catalog.Refusal(runtime) is { } refusal) throw Failed(refusal);
        DirectoryInfo passing = Directory.CreateTempSubdirectory("fleetmark-");
        try
        {
            return await ConvertAsync(runtime, passing, source, side, target, cancel);
        }
        catch (Win32Exception e)
        {
            throw Failed($"worker {runtime.Name} cannot be started: {e.Message}");
        }
        finally
        {
            passing.Delete(recursive: true);
        }
    }

    private async Task<ConvertedFile> ConvertAsync(Runtime runtime, DirectoryInfo passing, ModelFile source, int side, string target, CancellationToken cancel)
    {
        HalfFinding<BuiltMessage>? found = await HalfSearch.RunAsync<BuiltMessage>(
            [],
            async keep =>
            {
                var convert = new ConvertRequest { Model = source, Converter = ConvertRequest.CurrentConverter, Keep = keep, Path = target };
                return (BuiltMessage)await AskAsync(runtime, passing, _ => convert, cancel);
            },
            async (built, keep, _) =>
            {
                var file = new ModelFile { Path = target, Sha256 = built.Sha256, Format = source.Format };
                return (InspectedMessage)await AskAsync(runtime, passing, folder => new InspectRequest { Launch = Launch(file, side, folder), Original = source, Keep = keep }, cancel);
            });
        if (found is null) throw Failed($"worker {runtime.Name} did not compare the model with its source");
        return !found.Agrees ? throw Failed(found.Problem) : new ConvertedFile
        {
            Sha256 = found.File.Sha256,
            SizeBytes = found.File.SizeBytes,
            Conversion = found.File.Conversion!,
            Check = found.Check,
            ComputedIn = found.Inspected.Effective.Precision,
            Keep = found.Keep,
            Overflow = found.Overflow,
        };
    }

    /// <param name="runtime">Which worker.</param>
    /// <param name="passing">Holds the worker's folder: an agent that starts meanwhile ends every worker it finds in its own.</param>
    /// <param name="request">What it is asked; gets its folder.</param>
    /// <param name="cancel">Ends it.</param>
    private async Task<WorkerMessage> AskAsync(Runtime runtime, DirectoryInfo passing, Func<string, WorkerRequest> request, CancellationToken cancel)
    {
        IOptions<AgentOptions> own = Options.Create(new AgentOptions { DataFolder = passing.FullName, WorkerMemoryMib = options.WorkerMemoryMib });
        using var stop = new StopSignal();
        await using CancellationTokenRegistration onCancel = cancel.Register(() => stop.Raise(StopReason.Cancelled, Ladder.Hasty));
        var launcher = new WorkerLauncher(own, new WorkerMemory(new HostFiles("/"), own), clock, log.CreateLogger<WorkerLauncher>());
        WorkerRun run = await launcher.RunAsync(runtime.Command, "convert", request, observer: null, stop);
        cancel.ThrowIfCancellationRequested();
        return run.Outcome.Failure is { } failure ? throw Failed(failure.Text) : run.Outcome.Answer!;
    }

    private static LaunchRequest Launch(ModelFile model, int side, string folder)
    {
        EffortSettings effort = EffortSettings.For(Effort.Quick, isCpu: true);
        return new LaunchRequest
        {
            Launch = "convert",
            Model = model,
            Inputs = [new InputTensor { Name = "image", Type = "float32", Shape = [1, Channels, side, side] }],
            Provider = Device.CpuVendor,
            Precision = Precision.Fp16,
            AllowEmulated = true,
            Scope = Scope.EndToEnd,
            Batch = 1,
            Threads = Environment.ProcessorCount,
            Seed = PrecisionCheck.Seed,
            Warmup = effort.WarmUp,
            Sample = effort.Sampling,
            WorkDir = folder,
        };
    }

    private static ProblemException Failed(string what, string remedy = "") => new(new Problem("model-conversion", "", $"nothing was converted: {what}", remedy));
}
