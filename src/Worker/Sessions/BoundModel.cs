using System.Runtime.InteropServices;
using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Protocol;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Fleetmark.Worker.Sessions;

/// <summary>
/// A session with its one input and one output bound to fixed memory: input float32 NCHW, output float32 of rank 2. Beside the bound tensors it holds the buffers of an
/// imagined caller, from and to which an end-to-end call copies.
/// </summary>
internal sealed unsafe class BoundModel : IDisposable
{
    private readonly OrtValue _input;
    private readonly OrtValue _output;
    private readonly float[] _hostInput;
    private readonly float[] _hostOutput;

    private BoundModel(InferenceSession session, long[] inputShape, long[] outputShape)
    {
        Session = session;
        OutputShape = outputShape;
        int inputLength = TensorSize.Of("input", inputShape);
        int outputLength = TensorSize.Of("output", outputShape);
        _input = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, inputShape);
        _output = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, outputShape);
        _hostInput = GC.AllocateArray<float>(inputLength, pinned: true);
        _hostOutput = GC.AllocateArray<float>(outputLength, pinned: true);
        Binding = session.CreateIoBinding();
        Binding.BindInput(session.InputNames[0], _input);
        Binding.BindOutput(session.OutputNames[0], _output);
    }

    internal InferenceSession Session { get; }

    internal OrtIoBinding Binding { get; }

    /// <summary>Options of every run. <c>disable_synchronize_execution_providers</c> is never set: a run ends when its output is there.</summary>
    internal RunOptions RunOptions { get; } = new();

    /// <summary>Batch and classes.</summary>
    internal long[] OutputShape { get; }

    /// <summary>The caller's input values.</summary>
    internal Span<float> HostInput => _hostInput;

    /// <summary>The values the last run left in the bound output.</summary>
    internal ReadOnlySpan<float> Output => _output.GetTensorDataAsSpan<float>();

    internal float* HostInputPointer => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_hostInput, 0);

    internal float* HostOutputPointer => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_hostOutput, 0);

    internal float* InputPointer => Pointer(_input);

    internal float* OutputPointer => Pointer(_output);

    internal long InputBytes => (long)_hostInput.Length * sizeof(float);

    internal long OutputBytes => (long)_hostOutput.Length * sizeof(float);

    /// <summary>Binds a session; takes it over, also when it fails.</summary>
    /// <param name="session">The session.</param>
    /// <param name="shape">Shape of the input.</param>
    /// <exception cref="WorkerException">The model has other inputs or outputs, or one of them is larger than memory can be.</exception>
    internal static BoundModel Bind(InferenceSession session, IReadOnlyList<int> shape)
    {
        try
        {
            long[] input = InputShape(session, shape);
            return new BoundModel(session, input, ResultShape(session, input[0]));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Copies the caller's input into the bound tensor, where device calls find it.</summary>
    internal void CopyInput() => Buffer.MemoryCopy(HostInputPointer, InputPointer, InputBytes, InputBytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        Binding.Dispose();
        RunOptions.Dispose();
        _input.Dispose();
        _output.Dispose();
        Session.Dispose();
    }

    private static long[] InputShape(InferenceSession session, IReadOnlyList<int> shape)
    {
        if (session.InputNames.Count != 1) throw Wrong($"it has {session.InputNames.Count} inputs ({string.Join(", ", session.InputNames)}), one is needed");
        NodeMetadata input = session.InputMetadata[session.InputNames[0]];
        if (!input.IsTensor || input.ElementDataType != TensorElementType.Float) throw Wrong("its input is not float32");
        if (input.Dimensions.Length != 4 || shape.Count != 4) throw Wrong($"its input has rank {input.Dimensions.Length} and {shape.Count} were asked, 4 is needed (NCHW)");
        for (int axis = 0; axis < shape.Count; axis++)
        {
            if (shape[axis] < 1 || (input.Dimensions[axis] > 0 && input.Dimensions[axis] != shape[axis]))
                throw Wrong($"its input is [{string.Join(", ", input.Dimensions)}], which does not fit [{string.Join(", ", shape)}]");
        }

        return [.. shape.Select(size => (long)size)];
    }

    private static long[] ResultShape(InferenceSession session, long batch)
    {
        if (session.OutputNames.Count != 1) throw Wrong($"it has {session.OutputNames.Count} outputs ({string.Join(", ", session.OutputNames)}), one is needed");
        NodeMetadata output = session.OutputMetadata[session.OutputNames[0]];
        if (!output.IsTensor || output.ElementDataType != TensorElementType.Float) throw Wrong("its output is not float32");
        if (output.Dimensions.Length != 2) throw Wrong($"its output has rank {output.Dimensions.Length}, 2 is needed");
        long rows = output.Dimensions[0] > 0 ? output.Dimensions[0] : batch;
        if (rows != batch) throw Wrong($"its output has {rows} rows for {batch} images");
        if (output.Dimensions[1] < 1) throw Wrong("the number of its classes is not fixed");
        return [rows, output.Dimensions[1]];
    }

    private static WorkerException Wrong(string what) => new(WorkerErrorCode.Model, $"the model cannot be bound: {what}");

    private static float* Pointer(OrtValue value)
    {
        // The tensor's memory belongs to the runtime and does not move.
        fixed (float* first = value.GetTensorMutableDataAsSpan<float>()) return first;
    }
}
