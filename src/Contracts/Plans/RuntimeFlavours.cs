namespace Fleetmark.Contracts.Plans;

/// <summary>Our own worker flavours: the version of ONNX Runtime and what it was built for. <c>docs/runtimes.md</c> has the reasons.</summary>
public static class RuntimeFlavours
{
    /// <summary>ONNX Runtime 1.31 for the CPU.</summary>
    public const string Cpu = "ort131-cpu";

    /// <summary>ONNX Runtime 1.22 for CUDA 12, the last that runs on Volta.</summary>
    public const string Cuda = "ort122-cuda12";

    /// <summary>ONNX Runtime 1.20 for CUDA 12 and TensorRT 10.4, the last TensorRT that runs on Volta.</summary>
    public const string TensorRt = "ort120-cuda12-trt104";

    /// <summary>ONNX Runtime 1.31 for CUDA 13; not for Volta.</summary>
    public const string NewestCuda = "ort131-cuda13";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Cpu, Cuda, TensorRt, NewestCuda];

    /// <summary>The one that cells of a provider run on where nothing else is said.</summary>
    public static string DefaultOf(string provider) => provider switch
    {
        ExecutionProviders.Cpu => Cpu,
        ExecutionProviders.TensorRt => TensorRt,
        _ => Cuda,
    };
}
