using Fleetmark.Documents;

namespace Fleetmark.Contracts.Plans;

/// <summary>A model of a plan: a name of the zoo, a definition file or an ONNX file.</summary>
public sealed record PlanModel
{
    /// <summary>Name in tables: <c>[A-Za-z0-9][A-Za-z0-9._-]{0,63}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>ONNX file as the plan writes it, relative to the plan's folder; null for the zoo.</summary>
    public string? File { get; init; }

    /// <summary>SHA-256 the file must have, 64 lower-case hexadecimal digits; null when the plan does not say.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Definition file (YAML), relative to the plan's folder; null unless the model is plan-local.</summary>
    public string? Definition { get; init; }

    /// <summary>Height and width of the input, in pixels; null = the definition's own; always given with <see cref="File"/>.</summary>
    public int? Crop { get; init; }

    /// <summary>Shorter side after resizing, in pixels; null = the definition's own; always given with <see cref="File"/>.</summary>
    public int? ResizeShort { get; init; }

    /// <summary>Name of the graph input to feed, where an imported graph has several; null otherwise.</summary>
    public string? Input { get; init; }

    /// <summary>Name of the graph output to read, where an imported graph has several; null otherwise.</summary>
    public string? Output { get; init; }

    /// <summary>Where the plan names it, for messages.</summary>
    public required Location At { get; init; }
}
