using Fleetmark.Measurement.Launches;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Worker.Tests;

/// <summary>A folder of its own with small models; gone after disposal.</summary>
public sealed class ModelFolder : IDisposable
{
    /// <summary>A network of one convolution and one linear layer, with a free batch.</summary>
    internal const string SmallDefinition = """
        model: Small
        input: {name: x, dtype: float32, shape: [N, 3, 8, 8]}
        output: {name: logits, dtype: float32, shape: [N, 10]}
        image: {crop: 8, resizeShort: 8}
        layers:
          - {id: conv1, op: conv, cin: 3, cout: 4, k: 3, s: 1, p: 1, g: 1, bias: true, act: relu, out: [4, 8, 8]}
          - {id: flat, op: flatten, axis: 1, out: [256]}
          - {id: fc, op: fc, cin: 256, cout: 10, bias: true, out: [10]}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleetmark-worker-tests-");

    public ModelFolder()
    {
        using FileStream small = File.Create(At("small.onnx"));
        OnnxEmitter.Emit(ModelDefinition.Read(SmallDefinition, "small.yaml"), small, CancellationToken.None);
    }

    /// <summary>A path in the folder.</summary>
    internal string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a chain of operators and returns its path.</summary>
    internal string Chain(params string[] operators) => Save("tiny.onnx", TinyModel.Bytes(operators));

    /// <summary>Writes a file and returns its path.</summary>
    internal string Save(string name, byte[] bytes)
    {
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    /// <summary>A launch of a few milliseconds on the small model.</summary>
    internal LaunchRequest Launch(int batch = 2) => new()
    {
        Launch = "test",
        Model = new ModelFile { Path = At("small.onnx"), Format = "onnx" },
        Inputs = [new InputTensor { Name = "x", Type = "float32", Shape = [batch, 3, 8, 8] }],
        Provider = "cpu",
        Precision = Precision.Fp32,
        Scope = Scope.EndToEnd,
        Batch = batch,
        Threads = 1,
        Seed = 20210614,
        Warmup = new WarmUpSettings { MinMs = 1, MinCalls = 10, CapMs = 200, WindowMs = 2, WindowCalls = 10, Windows = 4, Ratio = 1.5, SlowCalls = 0 },
        Sample = new SamplingSettings { MinMs = 1, MinCount = 100, MaxMs = 2000, MaxCount = 1000, FloorCount = 3, HalfWidth = 0.02 },
        WorkDir = _folder.FullName,
    };

    /// <summary>The same launch on a chain of operators.</summary>
    internal LaunchRequest LaunchOf(string path) => Launch(1) with
    {
        Model = new ModelFile { Path = path, Format = "onnx" },
        Inputs = [new InputTensor { Name = "x", Type = "float32", Shape = TinyModel.InputShape }],
    };

    public void Dispose() => _folder.Delete(recursive: true);
}
