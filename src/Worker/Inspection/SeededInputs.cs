using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Latency;

namespace Fleetmark.Worker.Inspection;

/// <summary>The inputs that models are compared on, in batches of the launch: the same on every machine, each image with a seed of its own.</summary>
internal sealed class SeededInputs
{
    private readonly long _seed;
    private readonly int _imageValues;

    internal SeededInputs(LaunchRequest launch)
    {
        _seed = launch.Seed;
        Shape = [.. launch.Inputs[0].Shape.Select(size => (long)size)];
        _imageValues = (int)(Shape[1] * Shape[2] * Shape[3]);
    }

    /// <summary>Shape of one batch.</summary>
    internal long[] Shape { get; }

    /// <summary>Images of one batch.</summary>
    internal int Batch => (int)Shape[0];

    /// <summary>The images of these numbers, padded with the last one to a whole batch.</summary>
    internal float[] Of(IReadOnlyList<int> images)
    {
        float[] values = new float[Batch * _imageValues];
        for (int place = 0; place < Batch; place++)
            InputValues.Fill(values.AsSpan(place * _imageValues, _imageValues), _seed + images[Math.Min(place, images.Count - 1)]);
        return values;
    }

    /// <summary>What a model answers to each of these images.</summary>
    internal IReadOnlyDictionary<int, float[]> Answers(UntimedModel model, IReadOnlyList<int> images, CancellationToken cancel)
    {
        var answers = new Dictionary<int, float[]>();
        foreach (int[] batch in images.Chunk(Batch))
        {
            cancel.ThrowIfCancellationRequested();
            float[] all = model.Run(Of(batch), Shape);
            int classes = all.Length / Batch;
            for (int place = 0; place < batch.Length; place++) answers[batch[place]] = all[(place * classes)..((place + 1) * classes)];
        }

        return answers;
    }
}
