using System.Reflection;
using Fleetmark.Measurement.Launches;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Protocol;

/// <summary>Who this worker is, without loading the native runtime.</summary>
internal static class WorkerIdentity
{
    /// <summary>Runtime flavour this worker was built as.</summary>
    internal static string Flavour { get; } = Metadata("OrtFlavor");

    /// <summary>Version of CUDA this flavour is meant for, such as <c>12.8</c>; empty for the CPU.</summary>
    internal static string CudaVersion { get; } = Metadata("OrtCuda");

    /// <summary>Version of cuDNN this flavour is meant for; empty for the CPU.</summary>
    internal static string CudnnVersion { get; } = Metadata("OrtCudnn");

    /// <summary>Version of TensorRT this flavour is meant for; empty where it has none.</summary>
    internal static string TensorRtVersion { get; } = Metadata("OrtTensorRt");

    /// <summary>Version of the managed part of ONNX Runtime; the native part must be of the same.</summary>
    internal static string RuntimeVersion { get; } = Version(typeof(InferenceSession).Assembly);

    /// <summary>The first message of the process.</summary>
    internal static HelloMessage Hello() => new()
    {
        Protocol = WorkerProtocol.Version,
        Worker = "fleetmark-worker",
        Version = Version(typeof(WorkerIdentity).Assembly),
        Runtime = "ONNX Runtime",
        RuntimeVersion = RuntimeVersion,
        Flavour = Flavour,
        Pid = Environment.ProcessId,
        Supported = [WorkerProtocol.Version],
    };

    private static string Metadata(string key) => typeof(WorkerIdentity).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == key).Value ?? "";

    private static string Version(Assembly assembly) =>
        (assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version!.ToString()).Split('+')[0];
}
