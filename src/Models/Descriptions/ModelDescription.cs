using System.Text.Json;
using Fleetmark.Models.Counts;
using Fleetmark.Models.Graphs;
using Fleetmark.Models.Imported;

namespace Fleetmark.Models.Descriptions;

/// <summary>What <c>models describe --json</c> prints, for a definition or a file. Every member is always there; what does not apply is null.</summary>
public sealed record ModelDescription
{
    /// <summary>The current form; its version is raised when a member changes its meaning or goes.</summary>
    public const string CurrentSchema = "fleetmark.model/1";

    /// <summary>Name and version of this form.</summary>
    public required string Schema { get; init; }

    /// <summary>Name of the model, or the file's.</summary>
    public required string Name { get; init; }

    /// <summary><c>synthetic</c> for definitions, <c>file</c> for files.</summary>
    public required string Weights { get; init; }

    /// <summary>Input: <c>[N, C, H, W]</c>, N 1 unless a file fixes it.</summary>
    public required IReadOnlyList<long> Input { get; init; }

    /// <summary>Number of classes, or null when unknown.</summary>
    public required int? Classes { get; init; }

    /// <summary>Default preprocessing of a definition.</summary>
    public required ImageSizes? Image { get; init; }

    /// <summary>Preprocessing of the upstream evaluation.</summary>
    public required ImageSizes? UpstreamImage { get; init; }

    /// <summary>Public source of a definition.</summary>
    public required UpstreamSource? Source { get; init; }

    /// <summary>Digest of a definition.</summary>
    public required string? Definition { get; init; }

    /// <summary>Facts of a file.</summary>
    public required FileDescription? File { get; init; }

    /// <summary>Exact operation counts for one sample, by convention; null when an operation cannot be counted.</summary>
    public required IReadOnlyDictionary<string, long>? Flops { get; init; }

    /// <summary>Exact parameter counts, by convention; null when an operation cannot be counted.</summary>
    public required IReadOnlyDictionary<string, long>? Parameters { get; init; }

    /// <summary>Why there are no counts.</summary>
    public required string? Uncounted { get; init; }

    /// <summary>Nodes in the order they are computed.</summary>
    public required IReadOnlyList<NodeDescription> Nodes { get; init; }

    /// <summary>Describes a definition.</summary>
    public static ModelDescription Of(ModelDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ModelCounts counts = ModelCounts.Of(definition);
        return new ModelDescription
        {
            Schema = CurrentSchema,
            Name = definition.Name,
            Weights = "synthetic",
            Input = WithBatch(definition.Input),
            Classes = definition.Classes,
            Image = definition.Image,
            UpstreamImage = definition.UpstreamImage,
            Source = definition.Source,
            Definition = definition.Digest.Hex,
            File = null,
            Flops = counts.Flops,
            Parameters = counts.Parameters,
            Uncounted = null,
            Nodes = [.. definition.Nodes.Select(Of)],
        };
    }

    /// <summary>Describes a file.</summary>
    public static ModelDescription Of(ImportedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ModelDescription
        {
            Schema = CurrentSchema,
            Name = Path.GetFileNameWithoutExtension(model.Path),
            Weights = "file",
            Input = [model.FixedBatch ?? 1, 3, model.Height, model.Width],
            Classes = model.Classes,
            Image = null,
            UpstreamImage = null,
            Source = null,
            Definition = null,
            File = new FileDescription(
                model.Sha256.Hex, model.SizeBytes, model.Opset, model.IrVersion, model.Producer, model.InputName, model.OutputName,
                model.Output == OutputKind.Probabilities ? "probabilities" : "logits", model.FixedBatch, model.FileParameters),
            Flops = model.Counts?.Flops,
            Parameters = model.Counts?.Parameters,
            Uncounted = model.Uncounted?.ToString(),
            Nodes = [.. model.Nodes.Select(n => new NodeDescription(n.Name, n.Operation, n.Inputs, n.Output, n.Macs, n.Parameters))],
        };
    }

    /// <summary>Indented JSON, members in a fixed order.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DescriptionJson.Default.ModelDescription);

    private static NodeDescription Of(ModelNode node)
    {
        NodeWork work = DefinitionWork.Of(node);
        return new NodeDescription(node.Id, OperationWord.Of(node), node.Inputs, WithBatch(node.Output), work.Macs, work.TrainableParameters);
    }

    private static long[] WithBatch(Shape shape) => [1, .. shape.Dimensions.Select(size => (long)size)];
}
