using System.Globalization;
using Fleetmark.Models.Counts;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;
using Fleetmark.Models.Zoo;

namespace Fleetmark.Benchmarks;

/// <summary>Emits AlexNet's ONNX file into nothing, against filling as many floats from <see cref="Random"/>.</summary>
internal static class EmissionBenchmark
{
    internal static Comparison Run()
    {
        ModelDefinition model = ModelZoo.BuiltIn.Find("AlexNet", "benchmark");
        long values = ModelCounts.Of(model).Parameters[ParameterConvention.WithBatchNormStatistics];
        float[] block = new float[1 << 20];
        return Comparison.Measure(
            "emission", "filling as many floats from System.Random",
            () => OnnxEmitter.Emit(model, Stream.Null, CancellationToken.None),
            () =>
            {
                var random = new Random(1);
                for (long done = 0; done < values; done += block.Length)
                    for (int i = 0; i < block.Length; i++) block[i] = (random.NextSingle() * 2) - 1;
            },
            seconds => string.Create(CultureInfo.InvariantCulture, $"{values / seconds / 1e6:0} million values/s"));
    }
}
