using Fleetmark.Models.Counts;
using Fleetmark.Models.Graphs;

namespace Fleetmark.Models.Descriptions;

/// <summary>One line of <c>models list</c>. Members are append-only: scripts read them.</summary>
public sealed record ModelSummary
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The group it is listed under.</summary>
    public required string Family { get; init; }

    /// <summary><c>built-in</c>, or the definition file it comes from.</summary>
    public required string Origin { get; init; }

    /// <summary>What its weights are: <c>synthetic</c>.</summary>
    public required string Weights { get; init; }

    /// <summary>Input with batch 1: <c>[1, C, H, W]</c>.</summary>
    public required IReadOnlyList<long> Input { get; init; }

    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Default preprocessing.</summary>
    public required ImageSizes Image { get; init; }

    /// <summary>Exact operation counts at that input, by convention.</summary>
    public required IReadOnlyDictionary<string, long> Flops { get; init; }

    /// <summary>Exact parameter counts, by convention.</summary>
    public required IReadOnlyDictionary<string, long> Parameters { get; init; }

    /// <summary>Digest of the definition.</summary>
    public required string Definition { get; init; }

    /// <summary>The summary of a definition.</summary>
    /// <param name="definition">The model.</param>
    /// <param name="isBuiltIn">Whether it came with the product.</param>
    public static ModelSummary Of(ModelDefinition definition, bool isBuiltIn)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ModelCounts counts = ModelCounts.Of(definition);
        return new ModelSummary
        {
            Name = definition.Name,
            Family = definition.Family,
            Origin = isBuiltIn ? "built-in" : definition.File,
            Weights = "synthetic",
            Input = [1, .. definition.Input.Dimensions.Select(size => (long)size)],
            Classes = definition.Classes,
            Image = definition.Image,
            Flops = counts.Flops,
            Parameters = counts.Parameters,
            Definition = definition.Digest.Hex,
        };
    }
}
