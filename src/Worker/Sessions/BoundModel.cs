using System.Runtime.InteropServices;
using System.Text;
using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Protocol;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Fleetmark.Worker.Sessions;

/// <summary>
/// A session with its one input and one output bound to fixed memory: input float32 NCHW, output float32 of rank 2. Where the bound tensors are not the caller's own, it
/// also holds the buffers of an imagined caller, from and to which is copied.
/// </summary>
internal sealed unsafe class BoundModel : IDisposable
{
    private readonly DeviceMemory? _memory;
    private readonly long[] _inputShape;
    private readonly List<IDisposable> _owned = [];
    private readonly OrtValue _input;
    private readonly OrtValue _output;
    private readonly float[]? _hostInput;
    private readonly float[]? _hostOutput;
    private readonly byte[] _inputName;
    private readonly Placement _placement;
    private readonly DeviceMemory? _deviceMemory;
    private readonly bool _ownsSession;

    private BoundModel(InferenceSession session, long[] inputShape, long[] outputShape, Placement placement, DeviceMemory? memory, bool ownsSession)
    {
        Session = session;
        _placement = placement;
        _deviceMemory = memory;
        _ownsSession = ownsSession;
        OutputShape = outputShape;
        _inputShape = inputShape;
        _memory = placement == Placement.Device ? memory : null;
        int inputLength = TensorSize.Of("input", inputShape);
        int outputLength = TensorSize.Of("output", outputShape);
        OrtAllocator allocator = Allocator(placement, memory);
        _input = Tensor(allocator, inputShape);
        _output = Tensor(allocator, outputShape);
        if (placement is Placement.Host or Placement.Device)
        {
            _hostInput = GC.AllocateArray<float>(inputLength, pinned: true);
            _hostOutput = GC.AllocateArray<float>(outputLength, pinned: true);
        }

        string name = session.InputNames[0];
        _inputName = GC.AllocateArray<byte>(Encoding.UTF8.GetByteCount(name) + 1, pinned: true);
        Encoding.UTF8.GetBytes(name, _inputName);
        Binding = session.CreateIoBinding();
        Binding.BindInput(name, _input);
        Binding.BindOutput(session.OutputNames[0], _output);
    }

    internal InferenceSession Session { get; }

    internal OrtIoBinding Binding { get; }

    /// <summary>Options of every run. <c>disable_synchronize_execution_providers</c> is never set: a run ends when its output is there. The list of members of ONNX Runtime that the worker uses, which a test holds, has no way to set it.</summary>
    internal RunOptions RunOptions { get; } = new();

    /// <summary>Batch and classes.</summary>
    internal long[] OutputShape { get; }

    /// <summary>The caller's input values.</summary>
    internal Span<float> HostInput => _hostInput ?? _input.GetTensorMutableDataAsSpan<float>();

    /// <summary>The values the last run left in the bound output; fetched from the device where that is not the host's memory, so never asked in a timed phase.</summary>
    internal ReadOnlySpan<float> Output => _memory is null ? _output.GetTensorDataAsSpan<float>() : FromDevice(_memory);

    /// <summary>The bound input, for binding it again.</summary>
    internal OrtValue Input => _input;

    /// <summary>Name of the input in UTF-8 with a final 0; it does not move.</summary>
    internal byte* InputName => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_inputName, 0);

    internal float* HostInputPointer => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_hostInput!, 0);

    internal float* HostOutputPointer => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_hostOutput!, 0);

    internal float* InputPointer => Pointer(_input);

    internal float* OutputPointer => Pointer(_output);

    internal long InputBytes => Bytes(_inputShape);

    internal long OutputBytes => Bytes(OutputShape);

    /// <summary>Binds a session; takes it over, also when it fails.</summary>
    /// <param name="session">The session.</param>
    /// <param name="shape">Shape of the input.</param>
    /// <param name="placement">Where the tensors are bound.</param>
    /// <param name="memory">Memory of the session's device; null for a CPU.</param>
    /// <exception cref="WorkerException">The model has other inputs or outputs, or one of them is larger than memory can be.</exception>
    internal static BoundModel Bind(InferenceSession session, IReadOnlyList<int> shape, Placement placement = Placement.Host, DeviceMemory? memory = null)
    {
        try
        {
            long[] input = InputShape(session, shape);
            return new BoundModel(session, input, ResultShape(session, input[0]), placement, memory, ownsSession: true);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The same session with tensors and a binding of its own, for calls at the same time; to be disposed before this one.</summary>
    internal BoundModel Sibling() => new(Session, _inputShape, OutputShape, _placement, _deviceMemory, ownsSession: false);

    /// <summary>Copies the caller's input into the bound tensor, where calls find it; a tensor that is the caller's own has it already.</summary>
    internal void CopyInput()
    {
        if (_hostInput is null) return;
        if (_memory is null)
        {
            Buffer.MemoryCopy(HostInputPointer, InputPointer, InputBytes, InputBytes);
            return;
        }

        using OrtValue host = OrtValue.CreateTensorValueFromMemory(_hostInput, _inputShape);
        _memory.Copy(_inputShape, host, _input);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Binding.Dispose();
        RunOptions.Dispose();
        for (int i = _owned.Count - 1; i >= 0; i--) _owned[i].Dispose();
        if (_ownsSession) Session.Dispose();
    }

    private float[] FromDevice(DeviceMemory memory)
    {
        using OrtValue host = OrtValue.CreateTensorValueFromMemory(_hostOutput!, OutputShape);
        memory.Copy(OutputShape, _output, host);
        return _hostOutput!;
    }

    private OrtAllocator Allocator(Placement placement, DeviceMemory? memory)
    {
        string? name = placement switch { Placement.Device => memory!.Device, Placement.Pinned => memory!.Pinned, _ => null };
        if (name is null) return OrtAllocator.DefaultInstance;
        using var place = new OrtMemoryInfo(name, OrtAllocatorType.DeviceAllocator, 0, OrtMemType.Default);
        var allocator = new OrtAllocator(Session, place);
        _owned.Add(allocator);
        return allocator;
    }

    private OrtValue Tensor(OrtAllocator allocator, long[] shape)
    {
        OrtValue tensor = OrtValue.CreateAllocatedTensorValue(allocator, TensorElementType.Float, shape);
        _owned.Add(tensor);
        return tensor;
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

    private static long Bytes(long[] shape) => shape.Aggregate((long)sizeof(float), (bytes, size) => bytes * size);

    private static float* Pointer(OrtValue value)
    {
        // The tensor's memory belongs to the runtime and does not move.
        fixed (float* first = value.GetTensorMutableDataAsSpan<float>()) return first;
    }
}
