using System.Globalization;
using System.Text;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;
using Fleetmark.Worker.SelfCheck;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Benchmarks.Harness;

/// <summary>A model of the benchmark.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">The bytes of the ONNX file.</param>
/// <param name="Shape">Shape of its input.</param>
/// <param name="CallsPerBlock">Calls that are timed without a break.</param>
/// <param name="Limit">The greatest ratio that passes; 1: the interval must hold 1.</param>
internal sealed record TimedModel(string Name, byte[] File, IReadOnlyList<int> Shape, int CallsPerBlock, double Limit)
{
    private const int Channels = 64;
    private const int Side = 28;

    /// <summary>About 1.4 µs, 10 µs, 1 ms and 10 ms per call on one thread of a server of these years.</summary>
    internal static IEnumerable<TimedModel> All() =>
    [
        new("chain-4", HarnessCheck.Chain(3), TinyModel.InputShape, CallsPerBlock: 2000, Limit: 1.03),
        new("chain-64", HarnessCheck.Chain(63), TinyModel.InputShape, CallsPerBlock: 500, Limit: 1.01),
        Convolutions(4, callsPerBlock: 9),
        Convolutions(40, callsPerBlock: 3),
    ];

    private static TimedModel Convolutions(int count, int callsPerBlock)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            model: Conv{{count}}
            input: {name: x, dtype: float32, shape: [N, {{Channels}}, {{Side}}, {{Side}}]}
            output: {name: logits, dtype: float32, shape: [N, {{Channels}}]}
            image: {crop: {{Side}}, resizeShort: {{Side}}}
            layers:

            """);
        for (int i = 1; i <= count; i++)
            text.AppendLine(CultureInfo.InvariantCulture, $$"""  - {id: conv{{i}}, op: conv, cin: {{Channels}}, cout: {{Channels}}, k: 3, s: 1, p: 1, g: 1, bias: true, act: relu, out: [{{Channels}}, {{Side}}, {{Side}}]}""");
        text.AppendLine(CultureInfo.InvariantCulture, $$"""  - {id: gap, op: globalavgpool, out: [{{Channels}}, 1, 1]}""");
        text.AppendLine(CultureInfo.InvariantCulture, $$"""  - {id: flat, op: flatten, axis: 1, out: [{{Channels}}]}""");
        using var file = new MemoryStream();
        OnnxEmitter.Emit(ModelDefinition.Read(text.ToString(), $"Conv{count}"), file, CancellationToken.None);
        return new TimedModel($"conv-{count}", file.ToArray(), [1, Channels, Side, Side], callsPerBlock, Limit: 1.00);
    }
}
