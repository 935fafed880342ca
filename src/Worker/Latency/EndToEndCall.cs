using System.Runtime.CompilerServices;
using Fleetmark.Measurement.Sampling;
using Fleetmark.Worker.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Latency;

/// <summary>
/// Scope <c>e2e</c> on a CPU: copy the caller's input into the bound tensor, run, copy the bound output back. Binding anew would encode names and allocate at each
/// call; the copy is what a caller pays.
/// </summary>
internal readonly unsafe struct EndToEndCall(BoundModel model) : ITimedCall
{
    private readonly InferenceSession _session = model.Session;
    private readonly RunOptions _options = model.RunOptions;
    private readonly OrtIoBinding _binding = model.Binding;
    private readonly float* _hostInput = model.HostInputPointer;
    private readonly float* _input = model.InputPointer;
    private readonly long _inputBytes = model.InputBytes;
    private readonly float* _output = model.OutputPointer;
    private readonly float* _hostOutput = model.HostOutputPointer;
    private readonly long _outputBytes = model.OutputBytes;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke()
    {
        Buffer.MemoryCopy(_hostInput, _input, _inputBytes, _inputBytes);
        _session.RunWithBinding(_options, _binding);
        Buffer.MemoryCopy(_output, _hostOutput, _outputBytes, _outputBytes);
    }
}
