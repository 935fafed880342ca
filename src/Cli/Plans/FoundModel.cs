using Fleetmark.Contracts.Plans;
using Fleetmark.Documents;
using Fleetmark.Models;
using Fleetmark.Models.Artifacts;
using Fleetmark.Models.Counts;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;
using Fleetmark.Models.Imported;
using Fleetmark.Models.Zoo;

namespace Fleetmark.Cli.Plans;

/// <summary>A model of a plan that was found and is sound: a definition, or an ONNX file.</summary>
internal sealed class FoundModel
{
    private readonly PlanModel _planned;
    private readonly ModelDefinition? _definition;
    private readonly ImportedModel? _file;

    private FoundModel(PlanModel planned, ModelDefinition? definition, ImportedModel? file, string? homeFile = null)
    {
        HomeFile = homeFile;
        _planned = planned;
        _definition = definition;
        _file = file;
    }

    /// <summary>Name in tables.</summary>
    public string Name => _planned.Name;

    /// <summary>Size of its ONNX file.</summary>
    public long SizeBytes => _file?.SizeBytes ?? OnnxEmitter.Size(_definition!);

    /// <summary>Why it has no counts, with the operation that could not be counted; null when it has.</summary>
    public Problem? Uncounted => _file?.Uncounted;

    /// <summary>Its definition file when the home added it to the zoo; null for a built-in model and for one the plan brings along.</summary>
    public string? HomeFile { get; }

    /// <summary>Finds what the plan names.</summary>
    /// <exception cref="ProblemException">It is unknown, or something is wrong with its file.</exception>
    public static FoundModel Find(PlanModel planned, SubmittablePlan plan, ModelZoo zoo, CancellationToken cancel)
    {
        if (planned.File is { } file) return new FoundModel(planned, null, ImportedModel.Open(Path.Combine(plan.Folder, file), Expectation(planned, plan, zoo), cancel));
        ModelDefinition definition = planned.Definition is { } local
            ? zoo.ReadLocal(planned.Name, Path.Combine(plan.Folder, local), planned.At.ToString())
            : zoo.Find(planned.Name, planned.At.ToString());
        int side = definition.Input.Dimensions[^1];
        if (planned.Crop is { } crop && crop != side)
            throw new ProblemException(new Problem("crop", planned.At.ToString(), $"crop {crop}, but {definition.Name} takes images of {side} × {side}", $"write crop: {side}"));
        return new FoundModel(planned, definition, null, planned.Definition is null && !zoo.IsBuiltIn(definition.Name) ? definition.File : null);
    }

    /// <summary>A model of ours that no plan names.</summary>
    public static FoundModel BuiltIn(string name) =>
        new(new PlanModel { Name = name, At = new Location("built-in", 0, 0) }, ModelZoo.BuiltIn.Find(name, "built-in"), null);

    /// <summary>True when its file is in the cache.</summary>
    public async Task<bool> IsStoredAsync(ArtifactCache cache, CancellationToken cancel) => _file is not null
        ? await cache.FindAsync(_file.Sha256, cancel) is not null
        : await cache.IsMadeAsync(_definition!, cancel);

    /// <summary>Puts its file into the cache and says what everybody else needs to know of it.</summary>
    public async Task<PlanArtifact> StoreAsync(ArtifactCache cache, CancellationToken cancel)
    {
        Artifact artifact = _file is not null ? await cache.ImportAsync(_file, cancel) : await cache.EnsureAsync(_definition!, null, cancel);
        return Describe(artifact.Sha256, artifact.SizeBytes);
    }

    /// <summary>What everybody else needs to know of it, without its file: an imported file's digest is its own, a definition's is worked out.</summary>
    public async Task<PlanArtifact> DescribeAsync(ArtifactCache cache, CancellationToken cancel) =>
        Describe(_file?.Sha256 ?? await cache.DigestAsync(_definition!, cancel), SizeBytes);

    internal PlanArtifact Describe(Digest sha256, long sizeBytes) => new()
    {
        Name = Name,
        Sha256 = sha256.Hex,
        SizeBytes = sizeBytes,
        Opset = _file?.Opset ?? OnnxEmitter.Opset,
        Definition = _definition?.Text,
        Weights = _definition is null ? null : OnnxEmitter.WeightsRecipe,
        Crop = _planned.Crop ?? _definition!.Image.Crop,
        ResizeShort = _planned.ResizeShort ?? _definition!.Image.ResizeShort,
        Counts = Counts(),
        FixedBatch = _file?.FixedBatch,
    };

    private Dictionary<string, long> Counts()
    {
        ModelCounts? counts = _file is null ? ModelCounts.Of(_definition!) : _file.Counts;
        return counts is null ? [] : counts.Flops.Concat(counts.Parameters).ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
    }

    private static ImportExpectation Expectation(PlanModel planned, SubmittablePlan plan, ModelZoo zoo) => new()
    {
        Sha256 = Digest.Parse(planned.Sha256),
        Crop = planned.Crop,
        Batches = [.. plan.Plan.Sections().SelectMany(section => section.Batches).Distinct()],
        Input = planned.Input,
        Output = planned.Output,
        Claims = zoo.IsBuiltIn(planned.Name) ? zoo.TryFind(planned.Name) : null,
    };
}
