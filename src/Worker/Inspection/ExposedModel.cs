using System.Runtime.InteropServices;
using Fleetmark.Measurement.Launches;
using Fleetmark.Models.Precision;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Inspection;

/// <summary>
/// A conversion whose FP16 tensors can be looked at. A provider that computes FP16 graphs in FP32 rounds each of them to FP16 then, and so shows what a GPU would do.
/// </summary>
internal sealed class ExposedModel : IDisposable
{
    private const ushort ExponentBits = 0x7C00;

    private readonly UntimedModel _model;
    private readonly IReadOnlyList<InnerTensor> _inner;
    private readonly string _path;

    private ExposedModel(UntimedModel model, IReadOnlyList<InnerTensor> inner, string path)
    {
        _model = model;
        _inner = inner;
        _path = path;
    }

    /// <summary>Converts and opens.</summary>
    /// <param name="request">The original, and the launch it stands for.</param>
    /// <param name="keep">Nodes that stay in FP32.</param>
    /// <param name="cancel">Ends runs.</param>
    /// <exception cref="Documents.ProblemException">The model cannot be converted.</exception>
    internal static ExposedModel Open(InspectRequest request, IReadOnlyCollection<string> keep, CancellationToken cancel)
    {
        string path = Path.Combine(request.Launch.WorkDir ?? Path.GetTempPath(), $"exposed-{Guid.NewGuid():N}.onnx");
        try
        {
            IReadOnlyList<InnerTensor> inner;
            using (FileStream source = File.OpenRead(request.Original!.Path))
            using (FileStream target = File.Create(path))
                inner = Fp16Converter.Expose(source, request.Original.Path, keep, target, cancel);
            return new ExposedModel(UntimedModel.Open(new ModelFile { Path = path, Format = request.Original.Format }, request.Launch, profile: null, cancel), inner, path);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>What it answers to these images, the first tensor that overflowed on any of them, and the images that were run together with one on which something did.</summary>
    internal (IReadOnlyDictionary<int, float[]> Answers, InnerTensor? Overflow, IReadOnlyList<int> Overflowing) Run(SeededInputs inputs, IReadOnlyList<int> images, CancellationToken cancel)
    {
        var answers = new Dictionary<int, float[]>();
        var overflowing = new List<int>();
        int first = _inner.Count;
        foreach (int[] batch in images.Chunk(inputs.Batch))
        {
            cancel.ThrowIfCancellationRequested();
            using IDisposableReadOnlyCollection<OrtValue> results = _model.Compute(inputs.Of(batch), inputs.Shape);
            int hidden = results.Count - _inner.Count;
            int broken = Enumerable.Range(0, _inner.Count).FirstOrDefault(i => !IsFinite(results[hidden + i].GetTensorDataAsSpan<Float16>()), _inner.Count);
            if (broken < _inner.Count) overflowing.AddRange(batch);
            first = Math.Min(first, broken);
            float[] all = results[0].GetTensorDataAsSpan<float>().ToArray();
            int classes = all.Length / inputs.Batch;
            for (int place = 0; place < batch.Length; place++) answers[batch[place]] = all[(place * classes)..((place + 1) * classes)];
        }

        return (answers, first < _inner.Count ? _inner[first] : null, overflowing);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _model.Dispose();
        File.Delete(_path);
    }

    private static bool IsFinite(ReadOnlySpan<Float16> values)
    {
        foreach (ushort bits in MemoryMarshal.Cast<Float16, ushort>(values))
            if ((bits & ExponentBits) == ExponentBits) return false;
        return true;
    }
}
