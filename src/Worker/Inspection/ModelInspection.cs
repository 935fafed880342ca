using Fleetmark.Measurement.Launches;
using Fleetmark.Models.Precision;
using Fleetmark.Worker.Latency;
using Fleetmark.Worker.Models;
using Fleetmark.Worker.Protocol;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Worker.Inspection;

/// <summary>
/// Answers an <c>inspect</c>: runs the model once under the runtime's profiler and says which operators ran where in which format; compares a converted model with its
/// original on seeded inputs; and where they contradict each other, or a value overflowed, finds the nodes that must stay in FP32.
/// </summary>
internal sealed class ModelInspection(InspectRequest request, CancellationToken cancel)
{
    private readonly LaunchRequest _launch = WithoutReplay(request.Launch);
    private readonly int[] _images = [.. Enumerable.Range(0, PrecisionCheck.SeededInputs)];

    /// <summary>Inspects.</summary>
    /// <exception cref="WorkerException">The launch could not run either, or the model overflows whatever stays in FP32.</exception>
    internal InspectedMessage Run()
    {
        LaunchGate.Check(_launch);
        CoreAffinity.Pin(_launch.Cpus);
        var inputs = new SeededInputs(_launch);
        (GraphReport graph, EffectiveReport effective, IReadOnlyDictionary<int, float[]> answers) = Look(inputs);
        return new InspectedMessage { Graph = graph, Effective = effective, PrecisionCheck = request.Original is { } original ? Check(original, inputs, answers) : null };
    }

    private (GraphReport Graph, EffectiveReport Effective, IReadOnlyDictionary<int, float[]> Answers) Look(SeededInputs inputs)
    {
        string profile = Path.Combine(_launch.WorkDir ?? Path.GetTempPath(), $"profile-{Guid.NewGuid():N}");
        using UntimedModel model = UntimedModel.Open(_launch.Model, _launch, profile, cancel);
        model.Run(inputs.Of([0]), inputs.Shape);
        GraphReport graph = model.EndProfile();
        var effective = new EffectiveReport
        {
            Precision = EffectivePrecision.Of(graph, _launch.Precision),
            NodesByProvider = graph.NodesByProvider,
            Threads = _launch.Threads,
            Options = model.Settings.Effective(),
        };
        return (graph, effective, request.Original is null ? new Dictionary<int, float[]>() : inputs.Answers(model, _images, cancel));
    }

    private PrecisionCheck Check(ModelFile original, SeededInputs inputs, IReadOnlyDictionary<int, float[]> answers)
    {
        IReadOnlyDictionary<int, float[]> expected;
        using (UntimedModel model = UntimedModel.Open(original, _launch with { Precision = Precision.Fp32 }, profile: null, cancel)) expected = inputs.Answers(model, _images, cancel);
        if (expected.FirstOrDefault(answer => !answer.Value.All(float.IsFinite)) is { Value: not null } broken)
            throw new WorkerException(WorkerErrorCode.Model, $"the FP32 model itself gives values that are not finite, on seeded input {broken.Key}");
        IReadOnlyList<int> disagreeing = Parity.Disagreeing(expected, answers);
        InnerTensor? overflow;
        IReadOnlyList<int> overflowing;
        using (ExposedModel exposed = ExposedModel.Open(request, request.Keep, cancel)) (_, overflow, overflowing) = exposed.Run(inputs, _images, cancel);
        PrecisionCheck check = Parity.Compare(expected, answers) with { FirstOverflow = overflow?.ToString() };
        return check.Agrees() ? check : check with { Keep = Cure(expected, inputs, [.. disagreeing.Union(overflowing)], check) };
    }

    /// <summary>The fewest nodes in FP32 with which nothing overflows and the answers agree on the inputs that showed the trouble.</summary>
    private IReadOnlyList<string> Cure(IReadOnlyDictionary<int, float[]> expected, SeededInputs inputs, IReadOnlyList<int> images, PrecisionCheck check)
    {
        Conversion conversion = ModelConversion.Convert(request.Original!, request.Keep, Stream.Null, cancel);
        if (!Holds(conversion.HalfNodes))
        {
            throw new WorkerException(WorkerErrorCode.Model, check.FirstOverflow is { } value
                ? $"the FP16 model overflows at {value}, whatever stays in FP32"
                : $"the FP16 model agrees with its original on {check.Top1Agreements} of {check.Inputs} seeded inputs only, whatever stays in FP32");
        }

        return SmallestSet.Find(conversion.HalfNodes, Holds);

        bool Holds(IReadOnlyCollection<string> keep)
        {
            using ExposedModel tried = ExposedModel.Open(request, [.. request.Keep, .. keep], cancel);
            (IReadOnlyDictionary<int, float[]> answers, InnerTensor? overflow, _) = tried.Run(inputs, images, cancel);
            return overflow is null && Parity.Disagreeing(expected, answers).Count == 0;
        }
    }

    /// <summary>Graphs that are captured and replayed want buffers at fixed places, which an untimed look does not have; what is computed is the same.</summary>
    private static LaunchRequest WithoutReplay(LaunchRequest launch) => launch with
    {
        Options = launch.Options.Where(option => !option.Key.EndsWith("cuda_graph", StringComparison.Ordinal) && option.Key != "trt_cuda_graph_enable").ToDictionary(StringComparer.Ordinal),
    };
}
