using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Models;
using Fleetmark.Agent.Sessions;
using Fleetmark.Agent.Workers;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Results;
using Fleetmark.Measurement.Launches;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Jobs;

/// <summary>
/// Makes the model of an FP16 launch: converts the source, and has a worker look once per device what the runtime makes of it and whether it still says what its source
/// says. Where it does not, the nodes to blame go back to FP32 and the worker looks again. Both are remembered on disk, so that later launches start at once.
/// </summary>
internal sealed partial class HalfPreparation(
    RuntimeCatalog catalog, ModelCache models, WorkerLauncher launcher, TimedCores timed, Outbox outbox, IOptions<AgentOptions> options, ILogger<HalfPreparation> log)
{
    private readonly RecordFolder<InspectedModel> _inspections = new(options.Value.Inspections(), ModelRecordJson.Default.InspectedModel);

    /// <summary>Prepares.</summary>
    /// <exception cref="IOException">A file of the runtime or a record cannot be read or written.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The operating system does not start a worker.</exception>
    internal async Task<PreparedModel> PrepareAsync(RunningAttempt attempt, LaunchPlan plan, Runtime runtime, ModelOutcome source)
    {
        string key = runtime.BuildsModels ? KeyOf(attempt.Device, plan.Wire, catalog.Digest(runtime)) : "";
        InspectedModel? known = runtime.BuildsModels ? _inspections.Find(key) : null;
        PreparedModel? early = null;
        HalfFinding<ModelOutcome>? found = await HalfSearch.RunAsync<ModelOutcome>(
            known?.Keep ?? [],
            async keep =>
            {
                ModelOutcome half = await ConvertAsync(attempt, plan.Wire, source, keep);
                early = !half.IsThere ? PreparedModel.Missing(half.Code, half.Text)
                    : attempt.Stop.Reason is not null || !runtime.BuildsModels ? PreparedModel.There(half.Path, half.Sha256)
                    : known?.Report.ModelSha256 == half.Sha256 ? PreparedModel.There(half.Path, half.Sha256, known.Report)
                    : null;
                return early is null ? half : null;
            },
            async (half, keep, look) =>
            {
                (InspectedMessage? inspected, LaunchFailure? failure) = await InspectAsync(attempt, plan, runtime, source, half, keep, look);
                if (failure is not null) early = PreparedModel.Missing(failure.Code, $"{plan.Wire.ModelName} in FP16 cannot be inspected: {failure.Text}");
                return inspected;
            });
        if (found is null) return early!;
        if (!found.Agrees) return PreparedModel.Missing(FailureCode.ModelInvalid, $"{plan.Wire.ModelName} cannot be measured in FP16: {found.Problem}");
        return Keep(key, plan, attempt.Device, found);
    }

    private PreparedModel Keep(string key, LaunchPlan plan, Device device, HalfFinding<ModelOutcome> found)
    {
        var report = new InspectionReport
        {
            ModelSha256 = found.File.Sha256!,
            Converter = ConvertRequest.CurrentConverter,
            PrecisionEffective = found.Inspected.Effective.Precision,
            GraphSha256 = Convert.FromHexString(found.Inspected.Graph.Sha256),
            Detail = Detail(found),
        };
        _inspections.Write(key, new InspectedModel(found.Keep, report));
        LogInspected(plan.Wire.ModelName, device.Uuid, report.PrecisionEffective ?? "unproven", found.Check.Top1Agreements, found.Check.Inputs, found.Keep.Count);
        return PreparedModel.There(found.File.Path!, report.ModelSha256, report);
    }

    private Task<ModelOutcome> ConvertAsync(RunningAttempt attempt, LaunchSpecification wire, ModelOutcome source, IReadOnlyList<string> keep) => models.EnsureConvertedAsync(
        new ConversionRecipe(wire.ModelName, source.Sha256!, keep),
        async (path, sha256) =>
        {
            if (catalog.Builder is not { } builder || catalog.Refusal(builder) is not null) return null;
            LaunchWatch.Post(attempt, outbox, "convert", calls: 0);
            var request = new ConvertRequest { Model = FileOf(source), Converter = ConvertRequest.CurrentConverter, Keep = keep, Sha256 = sha256, Path = path };
            WorkerRun run = await launcher.RunAsync(builder.Command with { KeptOff = timed.All }, $"{attempt.Key}-convert", _ => request, observer: null, attempt.Stop);
            await run.Gone;
            return run.Outcome;
        },
        attempt.Stop.Token);

    private async Task<(InspectedMessage? Inspected, LaunchFailure? Failure)> InspectAsync(
        RunningAttempt attempt, LaunchPlan plan, Runtime runtime, ModelOutcome source, ModelOutcome half, IReadOnlyList<string> keep, int look)
    {
        LaunchWatch.Post(attempt, outbox, "inspect", calls: 0);
        WorkerRun run = await launcher.RunAsync(
            runtime.CommandFor(attempt.Device),
            $"{attempt.Key}-inspect-{look}",
            folder => new InspectRequest { Launch = plan.Request(attempt.Device, FileOf(half), folder) with { Seed = PrecisionCheck.Seed }, Original = FileOf(source), Keep = keep },
            observer: null,
            attempt.Stop);
        await run.Gone;
        if (run.Outcome.Failure is { } failure) return (null, failure);
        var inspected = (InspectedMessage)run.Outcome.Answer!;
        return inspected is { PrecisionCheck: not null, Graph.Sha256: { Length: 2 * SHA256.HashSizeInBytes } digest } && digest.All(char.IsAsciiHexDigit)
            ? (inspected, null)
            : (null, new LaunchFailure(FailureCode.WorkerProtocol, "the inspection lacks the comparison with the source, or its digest is none", LaunchPhase.Load));
    }

    private static ModelFile FileOf(ModelOutcome model) => new() { Path = model.Path!, Sha256 = model.Sha256, Format = "onnx" };

    /// <summary>What decides what the runtime makes of a model, its program and the driver among it. The batch does not: it changes sizes, not formats.</summary>
    internal static string KeyOf(Device device, LaunchSpecification wire, string program)
    {
        IEnumerable<string> settings = wire.Options.OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => $"{option.Key}={option.Value}");
        string text = string.Join('\n', [
            wire.ModelSha256, $"v{ConvertRequest.CurrentConverter}", wire.Provider, wire.Flavour, program, device.Uuid, device.Driver, $"{wire.Crop}", EnvironmentReporting.AgentVersion, .. settings]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static JsonElement Detail(HalfFinding<ModelOutcome> found)
    {
        JsonObject told = JsonNode.Parse(WorkerProtocol.Write(found.Inspected))!.AsObject();
        JsonObject built = JsonNode.Parse(WorkerProtocol.Write(new BuiltMessage { Sha256 = found.File.Sha256!, SizeBytes = 0, Conversion = found.File.Conversion }))!.AsObject();
        told.Remove("type");
        told["modelSha256"] = found.File.Sha256;
        told["conversion"] = built["conversion"]?.DeepClone();
        // Nodes that had to stay in FP32 on this device, and the value that overflowed before they did.
        told["keep"] = new JsonArray([.. found.Keep.Select(node => (JsonNode)node)]);
        told["overflow"] = found.Overflow;
        return JsonElement.Parse(JsonSerializer.SerializeToUtf8Bytes(told));
    }

    [LoggerMessage(6000, LogLevel.Information, "Model {Model} in FP16 on {Device} is {Precision}; {Agreements} of {Inputs} inputs agree with its source, {Kept} nodes had to stay in FP32")]
    private partial void LogInspected(string model, string device, string precision, int agreements, int inputs, int kept);
}
