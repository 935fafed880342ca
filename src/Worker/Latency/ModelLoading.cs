using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Protocol;
using Fleetmark.Worker.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Latency;

/// <summary>From the file a launch names to a session that is bound for exactly its shape.</summary>
internal static class ModelLoading
{
    /// <summary>Loads and binds.</summary>
    /// <returns>The bound model, and whether its graph holds no other format than FP32.</returns>
    /// <exception cref="WorkerException">The file is another one, or cannot be bound.</exception>
    internal static (BoundModel Model, bool IsSingle) Load(LaunchRequest request, SessionSettings settings, Placement placement, DeviceMemory? memory, CancellationToken cancel)
    {
        OnnxOutline outline = ModelGate.Check(request.Model, cancel);
        IReadOnlyList<int> shape = request.Inputs[0].Shape;
        if (outline.Inputs.FirstOrDefault() is { } input) settings.FixDimensions(input, shape);
        using SessionOptions options = settings.Create();
#if ORT_131
        // Older versions load to the end; a signal ends them then.
        using CancellationTokenRegistration abort = cancel.Register(() => options.SetLoadCancellationFlag(true));
#endif
        return (BoundModel.Bind(new InferenceSession(request.Model.Path, options), shape, placement, memory), outline.IsSingle);
    }
}
