using System.Globalization;
using Fleetmark.Models.Counts;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;
using Fleetmark.Models.Zoo;

namespace Fleetmark.Benchmarks;

/// <summary>
/// Emits AlexNet's ONNX file into nothing, against filling as many floats from seeded <see cref="Random"/>s. Both sides fill slices on every core, so the ratio is one
/// per core.
/// </summary>
internal static class EmissionBenchmark
{
    private const int SliceValues = 1 << 16;
    private const int Slices = 16;

    internal static Comparison Run()
    {
        ModelDefinition model = ModelZoo.BuiltIn.Find("AlexNet", "benchmark");
        long values = ModelCounts.Of(model).Parameters[ParameterConvention.WithBatchNormStatistics];
        float[] block = new float[Slices * SliceValues];
        return Comparison.Measure(
            "emission", "filling as many floats from seeded System.Random on the same cores",
            () => OnnxEmitter.Emit(model, Stream.Null, CancellationToken.None),
            () =>
            {
                for (long done = 0; done < values; done += block.Length) Parallel.For(0, Slices, slice => Fill(block.AsSpan(slice * SliceValues, SliceValues), slice));
            },
            seconds => string.Create(CultureInfo.InvariantCulture, $"{values / seconds / 1e6:0} million values/s on {Environment.ProcessorCount} cores"));
    }

    private static void Fill(Span<float> values, int seed)
    {
        var random = new Random(seed);
        foreach (ref float value in values) value = (random.NextSingle() * 2) - 1;
    }
}
