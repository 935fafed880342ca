using Fleetmark.Documents;
using Fleetmark.Models.Counts;
using Fleetmark.Models.Onnx;

namespace Fleetmark.Models.Imported;

/// <summary>
/// A trained model that came as an ONNX file, checked as far as the file alone allows. It is untrusted: checks and counts read the
/// protobuf, without large tensor data; only a worker process ever loads it into a runtime.
/// </summary>
public sealed record ImportedModel
{
    /// <summary>The file, as given.</summary>
    public required string Path { get; init; }

    /// <summary>Digest of its bytes.</summary>
    public required Digest Sha256 { get; init; }

    /// <summary>Its size.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Version of the standard operator set it was written for.</summary>
    public required int Opset { get; init; }

    /// <summary>Format version.</summary>
    public required int IrVersion { get; init; }

    /// <summary>The program that wrote it, with version; empty when it does not say.</summary>
    public required string Producer { get; init; }

    /// <summary>Name of the one input to feed: float32 <c>[N, 3, H, W]</c>.</summary>
    public required string InputName { get; init; }

    /// <summary>Height of the input, in pixels: as fixed in the file, else the expected crop.</summary>
    public required int Height { get; init; }

    /// <summary>Width of the input, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>The batch size the file is fixed to; null when the batch axis is open.</summary>
    public required int? FixedBatch { get; init; }

    /// <summary>Name of the one output to read: float32 <c>[N, classes]</c>.</summary>
    public required string OutputName { get; init; }

    /// <summary>Number of classes; null when neither the file nor its graph tells.</summary>
    public required int? Classes { get; init; }

    /// <summary>What the output holds.</summary>
    public required OutputKind Output { get; init; }

    /// <summary>Values of all fractional constants of more than one element that feed computing nodes: what the file was trained to.</summary>
    public required long FileParameters { get; init; }

    /// <summary>Exact counts; those of the definition when the file claims a built-in name; null when an operation cannot be counted.</summary>
    public required ModelCounts? Counts { get; init; }

    /// <summary>Why there are no counts; null when there are.</summary>
    public required Problem? Uncounted { get; init; }

    /// <summary>Nodes of the main graph, in order.</summary>
    public required IReadOnlyList<ImportedNode> Nodes { get; init; }

    /// <summary>Opens and checks a file.</summary>
    /// <param name="path">The file; a relative path has been resolved by the caller.</param>
    /// <param name="expected">What the plan says about it.</param>
    /// <param name="cancel">Stops the hashing of a large file.</param>
    /// <exception cref="ProblemException">Carries one problem per thing that is wrong.</exception>
    public static ImportedModel Open(string path, ImportExpectation expected, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(expected);
        using FileStream file = ModelFile.Open(path, expected.MaximumBytes);
        Digest sha256 = ModelFile.Hash(file, cancel);
        var problems = new List<Problem>();
        if (expected.Sha256 is { } wanted && wanted != sha256)
            problems.Add(new Problem("model-digest", path, $"SHA-256: expected {wanted}, found {sha256}", "name the right file or correct sha256"));
        ModelProto model = Skeleton(file, path, problems);
        ImportedModel imported = new ImportChecks(path, model, expected, problems).Check(sha256, file.Length);
        return problems.Count == 0 ? imported : throw new ProblemException(problems);
    }

    private static ModelProto Skeleton(FileStream file, string path, List<Problem> problems)
    {
        try
        {
            return OnnxSkeleton.Read(file, path);
        }
        catch (ProblemException e)
        {
            throw new ProblemException([.. problems, .. e.Problems]);
        }
    }
}
