using Fleetmark.Measurement.Launches;
using Fleetmark.Models;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;

namespace Fleetmark.Cli.Workers;

/// <summary>The model workers are checked with: one convolution and one classifier, written when it is needed.</summary>
internal sealed class CheckModel : IDisposable
{
    private const string Definition = """
        model: worker-check
        input: {name: x, dtype: float32, shape: [N, 3, 16, 16]}
        output: {name: y, dtype: float32, shape: [N, 10]}
        image: {crop: 16, resizeShort: 16}
        layers:
          - {id: conv, op: conv, cin: 3, cout: 8, k: 3, s: 2, p: 1, bias: true, act: relu, out: [8, 8, 8]}
          - {id: flat, op: flatten, axis: 1, out: [512]}
          - {id: fc, op: fc, cin: 512, cout: 10, bias: true, out: [10]}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleetmark-model-");

    /// <summary>Writes the file.</summary>
    internal CheckModel(CancellationToken cancel)
    {
        string path = Path.Combine(_folder.FullName, "worker-check.onnx");
        var definition = ModelDefinition.Read(Definition, "worker-check");
        using (FileStream file = System.IO.File.Create(path)) OnnxEmitter.Emit(definition, file, cancel);
        Digest sha256 = OnnxEmitter.Digest(definition, cancel);
        File = new ModelFile { Path = path, Sha256 = sha256.Hex, Format = "onnx" };
    }

    /// <summary>Where it is, until disposal.</summary>
    public ModelFile File { get; }

    /// <summary>Shape of its input: two images.</summary>
    public IReadOnlyList<int> Shape { get; } = [2, 3, 16, 16];

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
