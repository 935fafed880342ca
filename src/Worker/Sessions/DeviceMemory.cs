using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Sessions;

/// <summary>The memory of a kind of device, by the names its allocators have in ONNX Runtime.</summary>
/// <param name="Device">Allocator of memory on the device.</param>
/// <param name="Pinned">Allocator of host memory the device reads and writes by itself.</param>
/// <param name="Copying">Options of a session that copies between both.</param>
internal sealed record DeviceMemory(string Device, string Pinned, Func<SessionOptions> Copying)
{
    /// <summary>NVIDIA's, shared by the providers CUDA and TensorRT.</summary>
    internal static readonly DeviceMemory Cuda = new("Cuda", "CudaPinned", () => new CudaSettings(threads: 1, new Dictionary<string, string>(StringComparer.Ordinal)).Create());

    /// <summary>
    /// Copies a float32 tensor, wherever both sides are, with a session of one <c>Identity</c>: versions of ONNX Runtime before 1.23 offer no other way, and this one needs
    /// no library of the device's maker. Never in a timed phase.
    /// </summary>
    /// <param name="shape">Shape of both.</param>
    /// <param name="from">The values.</param>
    /// <param name="to">Where they go.</param>
    internal void Copy(long[] shape, OrtValue from, OrtValue to)
    {
        using SessionOptions options = Copying();
        using var session = new InferenceSession(TinyModel.Copy([.. shape.Select(size => (int)size)]), options);
        using OrtIoBinding binding = session.CreateIoBinding();
        using var run = new RunOptions();
        binding.BindInput(session.InputNames[0], from);
        binding.BindOutput(session.OutputNames[0], to);
        session.RunWithBinding(run, binding);
    }
}
