using System.Runtime.CompilerServices;
using Fleetmark.Measurement.Sampling;
using Fleetmark.Worker.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Latency;

/// <summary>
/// Scope <c>e2e</c> on a device: bind the caller's input again, which copies it to the device, run, and have the output in the caller's memory, where it is bound. The
/// managed package would encode the input's name at each call.
/// </summary>
internal readonly unsafe struct RebindCall(BoundModel model) : ITimedCall
{
    private readonly InferenceSession _session = model.Session;
    private readonly RunOptions _options = model.RunOptions;
    private readonly OrtIoBinding _binding = model.Binding;
    private readonly nint _bindingHandle = model.Binding.DangerousGetHandle();
    private readonly byte* _inputName = model.InputName;
    private readonly nint _input = OrtNativeApi.HandleOf(model.Input);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke()
    {
        OrtNativeApi.Check(OrtNativeApi.BindInput(_bindingHandle, _inputName, _input));
        _session.RunWithBinding(_options, _binding);
    }
}
