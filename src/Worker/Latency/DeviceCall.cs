using System.Runtime.CompilerServices;
using Fleetmark.Measurement.Sampling;
using Fleetmark.Worker.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Latency;

/// <summary>Scope <c>device</c>: input and output stay where they are bound; one call is one run.</summary>
internal readonly struct DeviceCall(BoundModel model) : ITimedCall
{
    private readonly InferenceSession _session = model.Session;
    private readonly RunOptions _options = model.RunOptions;
    private readonly OrtIoBinding _binding = model.Binding;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke() => _session.RunWithBinding(_options, _binding);
}
