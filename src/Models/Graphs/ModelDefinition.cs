using Fleetmark.Documents;

namespace Fleetmark.Models.Graphs;

/// <summary>
/// A model as data: its input, its nodes in topological order with computed shapes, and nothing that is not checked. One definition gives
/// one graph, one set of counts and, with a weights recipe, one file.
/// </summary>
public sealed record ModelDefinition
{
    /// <summary>The model's name as written.</summary>
    public required string Name { get; init; }

    /// <summary>The file it was read from, as given by the caller; used in messages only.</summary>
    public required string File { get; init; }

    /// <summary>The YAML it was read from: the recipe that travels to where the file is built.</summary>
    public required string Text { get; init; }

    /// <summary>Name of the input tensor.</summary>
    public required string InputName { get; init; }

    /// <summary>Shape of one input sample: <c>[C, H, W]</c>, float32, normalised.</summary>
    public required Shape Input { get; init; }

    /// <summary>Name of the output tensor: logits <c>[N, classes]</c>, float32.</summary>
    public required string OutputName { get; init; }

    /// <summary>Added to the variance in every batch normalisation.</summary>
    public required float BatchNormEpsilon { get; init; }

    /// <summary>Default preprocessing.</summary>
    public required ImageSizes Image { get; init; }

    /// <summary>Preprocessing of the upstream evaluation; null when the definition does not say.</summary>
    public ImageSizes? UpstreamImage { get; init; }

    /// <summary>Where the definition's facts come from; null when it does not say.</summary>
    public UpstreamSource? Source { get; init; }

    /// <summary>Nodes in the order of the file; the last one gives the logits.</summary>
    public required IReadOnlyList<ModelNode> Nodes { get; init; }

    /// <summary>
    /// Digest of everything that decides the graph: name, input, output, epsilon and nodes with their parameters. Comments, spelling,
    /// upstream names and preprocessing do not enter.
    /// </summary>
    public required Digest Digest { get; init; }

    /// <summary>Number of classes.</summary>
    public int Classes => Nodes[^1].Output.Channels;

    /// <summary>The group a model is listed under: its name up to the first digit, such as <c>VGG</c> for <c>VGG16</c>.</summary>
    public string Family => ModelName.Family(Name);

    /// <summary>Reads a definition.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">Its name in messages.</param>
    /// <exception cref="ProblemException">Carries every problem found, each with file, line and column.</exception>
    public static ModelDefinition Read(string yaml, string file) => DefinitionReader.Read(yaml, file);

    /// <summary>Reads a definition file of at most <see cref="TextFile.MaximumBytes"/>.</summary>
    /// <exception cref="ProblemException">Carries every problem found, a missing file among them.</exception>
    public static ModelDefinition ReadFile(string path) => Read(TextFile.Read(path, "definition"), path);
}
